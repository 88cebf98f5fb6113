package io.fizeau.transports.uds;

import io.fizeau.core.address.Address;
import io.fizeau.transports.blocking.Acceptor;
import io.fizeau.transports.blocking.BlockingSockets;
import io.fizeau.transports.blocking.BlockingStream;
import io.fizeau.transports.nio.BoundSocket;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Unix domain sockets that block. */
final class UnixSockets implements BlockingSockets {
    private final UnixFamily family;
    private final long connectTimeoutNs;
    private final int readTimeoutMs;

    /**
     * Creates them; opens nothing.
     *
     * @param family the sockets.
     * @param connectTimeoutNs how long a connect may wait for room in the listener's queue.
     * @param readTimeoutMs how long a read waits where its wait is bounded, in milliseconds; 0 for without end.
     */
    UnixSockets(final UnixFamily family, final long connectTimeoutNs, final int readTimeoutMs) {
        this.family = family;
        this.connectTimeoutNs = connectTimeoutNs;
        this.readTimeoutMs = readTimeoutMs;
    }

    @Override
    public Acceptor listen(final Address address) {
        final BoundSocket bound = family.bind(address);
        try {
            return new UnixAcceptor(bound);
        } catch (final IOException e) {
            try (bound) {
                throw SocketErrors.failed("listen at " + address.text(), e);
            } catch (final IOException again) {
                throw SocketErrors.failed("close a listener at " + address.text(), again);
            }
        }
    }

    @Override
    public BlockingStream open(final Address address, final boolean isWaitBounded) {
        final SocketAddress target = family.resolve(address);
        try {
            final SocketChannel channel = family.open();
            try {
                return UnixStream.connecting(
                        channel, address, target, connectTimeoutNs, isWaitBounded ? readTimeoutMs : 0);
            } catch (final IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw SocketErrors.failed("open a socket to " + address.text(), e);
        }
    }

    /** A listening socket. A channel cannot be told how long to wait for a peer, so a selector waits. */
    private final class UnixAcceptor implements Acceptor {
        private final BoundSocket bound;
        private final Selector selector;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        UnixAcceptor(final BoundSocket bound) throws IOException {
            this.bound = bound;
            bound.channel().configureBlocking(false);
            selector = Selector.open();
            bound.channel().register(selector, SelectionKey.OP_ACCEPT);
        }

        @Override
        public Address address() {
            return bound.address();
        }

        @Override
        public @Nullable BlockingStream accept(final int timeoutMs) throws IOException {
            SocketChannel peer = bound.channel().accept();
            if (peer == null) {
                try {
                    selector.select(key -> {}, timeoutMs);
                } catch (final ClosedSelectorException e) {
                    throw new AsynchronousCloseException();
                }
                peer = bound.channel().accept();
            }
            return peer == null ? null : UnixStream.accepted(peer, bound.address(), family);
        }

        @Override
        public boolean isClosed() {
            return isClosed.get();
        }

        @Override
        public void close() throws IOException {
            if (isClosed.compareAndSet(false, true)) {
                try (selector) {
                    bound.close();
                }
            }
        }
    }
}
