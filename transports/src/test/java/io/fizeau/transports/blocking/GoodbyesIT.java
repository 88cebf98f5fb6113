package io.fizeau.transports.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.ReceiveBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a node whose peers take no goodbye. */
@Timeout(60)
class GoodbyesIT {
    private static final ConnectionHandler NOBODY = new ConnectionHandler() {
        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            return Delivery.CONSUMED;
        }
    };

    @Test
    void shouldWaitForAllGoodbyesTogether() {
        final StuckSockets sockets = new StuckSockets();
        final BlockingStack stack = new BlockingStack(
                "stuck",
                sockets,
                new BlockingThreads(ThreadKind.PLATFORM, DrivingChoice.CALLER, Idle.YIELD),
                64,
                0,
                TimeUnit.SECONDS.toNanos(1));
        final List<Connection> connections = new ArrayList<>();
        try (Node node = stack.open(NodeContext.named("closing", error -> {}))) {
            for (int i = 0; i < 10; i++) {
                connections.add(node.connect(HostPort.loopback(), NOBODY));
            }
            assertThat(connections).allMatch(connection -> connection.state() == ConnectionState.OPEN);
        }
        // Each would wait for ever by itself.
        assertThat(connections).allMatch(connection -> connection.state() == ConnectionState.CLOSED);
        assertThat(sockets.streams).allMatch(stream -> stream.isClosed.getCount() == 0);
    }

    private static final class StuckSockets implements BlockingSockets {
        private final List<StuckStream> streams = new ArrayList<>();

        @Override
        public Acceptor listen(final Address address) {
            throw new UnsupportedOperationException("nobody is to come");
        }

        @Override
        public BlockingStream open(final Address address, final boolean isWaitBounded) {
            final StuckStream stream = new StuckStream();
            streams.add(stream);
            return stream;
        }
    }

    private static final class StuckStream implements BlockingStream {
        private final CountDownLatch isClosed = new CountDownLatch(1);

        @Override
        public void connect() {
            // Its peer is there.
        }

        @Override
        public void accept() {
            throw new UnsupportedOperationException("it connects");
        }

        @Override
        public int read(final ReceiveBuffer in) {
            return 0;
        }

        @Override
        public void write(final FrameWriter out) {
            // Its peer takes it.
        }

        @Override
        public void close() {
            try {
                isClosed.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void closeNow() {
            isClosed.countDown();
        }

        @Override
        public Address remote() {
            return HostPort.loopback();
        }

        @Override
        public ReceiveBuffer newReceiveBuffer(final int capacityBytes) {
            return ReceiveBuffer.onHeap(capacityBytes);
        }

        @Override
        public FrameWriter newFrameWriter(final int gatherBytes) {
            return FrameWriter.onHeap(gatherBytes);
        }
    }
}
