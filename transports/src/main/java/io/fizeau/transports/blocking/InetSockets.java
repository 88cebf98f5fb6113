package io.fizeau.transports.blocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.socket.SocketOptions;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** TCP sockets of {@code java.net}, plain or with TLS put onto them. Immutable and thread-safe. */
public final class InetSockets implements BlockingSockets {
    /** Makes sockets, and puts onto each what lies between it and the bytes of a connection. Thread-safe. */
    public interface Wrapping {
        /** Nothing: the bytes are the socket's. */
        Wrapping PLAIN = new Plain();

        /**
         * Makes a socket.
         *
         * @return a new socket, neither connected nor accepted yet.
         */
        Socket newSocket();

        /**
         * Makes the stream of one connection. Does not block.
         *
         * @param tcp the socket's own stream, nothing read or written; the new stream owns it.
         * @return the stream to use.
         */
        BlockingStream wrap(SocketStream tcp);
    }

    private static final class Plain implements Wrapping {
        @Override
        public Socket newSocket() {
            return new Socket();
        }

        @Override
        public BlockingStream wrap(final SocketStream tcp) {
            return tcp;
        }
    }

    private final String transport;
    private final SocketOptions options;
    private final int readTimeoutMs;
    private final Wrapping wrapping;

    /**
     * Creates them; opens nothing.
     *
     * @param transport the transport's name, for messages.
     * @param options what the sockets are set to.
     * @param readTimeoutMs how long a read waits where its wait is bounded, in milliseconds; 0 for without end.
     * @param wrapping what is put onto each socket.
     */
    public InetSockets(
            final String transport, final SocketOptions options, final int readTimeoutMs, final Wrapping wrapping) {
        this.transport = transport;
        this.options = options;
        this.readTimeoutMs = readTimeoutMs;
        this.wrapping = wrapping;
    }

    @Override
    public Acceptor listen(final Address address) {
        final HostPort wanted = SocketErrors.requireHostPort(transport, address);
        final InetSocketAddress socketAddress = wanted.resolve();
        ServerSocket socket = null;
        try {
            socket = new WrappingServerSocket();
            options.applyReceiveBuffer(socket::setOption);
            socket.bind(socketAddress, options.backlog());
        } catch (final IOException e) {
            closeAfter(e, socket);
            throw SocketErrors.cannotListen(wanted, e);
        }
        return new SocketAcceptor(socket, HostPort.of((InetSocketAddress) socket.getLocalSocketAddress()));
    }

    @Override
    public BlockingStream open(final Address address, final boolean isWaitBounded) {
        final HostPort wanted = SocketErrors.requireHostPort(transport, address);
        final InetSocketAddress socketAddress = wanted.resolve();
        final Socket socket = wrapping.newSocket();
        try {
            options.applyTo(socket::setOption, socket.supportedOptions());
            if (isWaitBounded) {
                socket.setSoTimeout(readTimeoutMs);
            }
        } catch (final IOException e) {
            closeAfter(e, socket);
            throw SocketErrors.failed("open a socket to " + wanted.text(), e);
        }
        return wrapping.wrap(new SocketStream(socket, wanted, socketAddress, options));
    }

    private static void closeAfter(final IOException failure, final @Nullable Closeable socket) {
        try (socket) {
            return;
        } catch (final IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Accepts sockets of the kind that is asked for. */
    private final class WrappingServerSocket extends ServerSocket {
        WrappingServerSocket() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            final Socket peer = wrapping.newSocket();
            implAccept(peer);
            return peer;
        }
    }

    /** A listening TCP socket. */
    private final class SocketAcceptor implements Acceptor {
        private final ServerSocket socket;
        private final HostPort address;

        SocketAcceptor(final ServerSocket socket, final HostPort address) {
            this.socket = socket;
            this.address = address;
        }

        @Override
        public Address address() {
            return address;
        }

        @Override
        public @Nullable BlockingStream accept(final int timeoutMs) throws IOException {
            final Socket peer;
            try {
                socket.setSoTimeout(timeoutMs);
                peer = socket.accept();
            } catch (final SocketTimeoutException e) {
                return null;
            }
            final HostPort remote = HostPort.of((InetSocketAddress) peer.getRemoteSocketAddress());
            return wrapping.wrap(new SocketStream(peer, remote, null, options));
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
