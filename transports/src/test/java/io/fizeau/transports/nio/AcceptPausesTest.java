package io.fizeau.transports.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.NodeContext;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptPausesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ConnectionHandler HANDLER = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @Test
    void shouldLetEachListenerThatCouldNotAcceptTryAgain() {
        try (NioNode node =
                (NioNode) Transports.installed().resolve("tcp-nio").open(NodeContext.named("test", errors::add))) {
            final Key first = new Key();
            final Key second = new Key();
            // In one poll, as when there are no descriptors left.
            fail(node, first);
            fail(node, second);
            assertThat(first.interestOps()).isZero();
            assertThat(second.interestOps()).isZero();
            await().pollInSameThread().atMost(PATIENCE).untilAsserted(() -> {
                node.poll(1);
                assertThat(first.interestOps()).isEqualTo(SelectionKey.OP_ACCEPT);
                assertThat(second.interestOps()).isEqualTo(SelectionKey.OP_ACCEPT);
            });
        }
        assertThat(errors).hasSize(2).allSatisfy(error -> assertThat(error).hasMessageContaining("ulimit -n"));
    }

    private static void fail(final NioNode node, final Key key) {
        final BoundSocket bound = new BoundSocket(new FullServerSocket(), HostPort.loopback());
        final NioListener listener = new NioListener(node, bound, HANDLER);
        listener.registered(key);
        assertThat(listener.serve(1)).isZero();
    }

    private static final class Key extends AbstractSelectionKey {
        private int operations = SelectionKey.OP_ACCEPT;

        @Override
        public ServerSocketChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Selector selector() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int interestOps() {
            return operations;
        }

        @Override
        public SelectionKey interestOps(final int newOperations) {
            operations = newOperations;
            return this;
        }

        @Override
        public int readyOps() {
            return 0;
        }
    }

    /** A socket that has no descriptor left for anybody. */
    private static final class FullServerSocket extends ServerSocketChannel {
        FullServerSocket() {
            super(SelectorProvider.provider());
        }

        @Override
        public SocketChannel accept() throws IOException {
            throw new IOException("Too many open files");
        }

        @Override
        public ServerSocketChannel bind(final SocketAddress local, final int backlog) {
            return this;
        }

        @Override
        public <T> ServerSocketChannel setOption(final SocketOption<T> name, final T value) {
            return this;
        }

        @Override
        public <T> T getOption(final SocketOption<T> name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return Set.of();
        }

        @Override
        public ServerSocket socket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getLocalAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseSelectableChannel() {}

        @Override
        protected void implConfigureBlocking(final boolean isBlocking) {}
    }
}
