package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** TCP over IPv4 and IPv6. */
public final class InetFamily implements SocketFamily {
    private final String transport;
    private final SocketOptions options;

    /**
     * Creates the family for a node.
     *
     * @param transport the transport's name, for messages.
     * @param options what its sockets are set to.
     */
    public InetFamily(final String transport, final SocketOptions options) {
        this.transport = transport;
        this.options = options;
    }

    @Override
    public SocketAddress resolve(final Address address) {
        return SocketErrors.requireHostPort(transport, address).resolve();
    }

    @Override
    public BoundSocket bind(final Address address) {
        final HostPort wanted = SocketErrors.requireHostPort(transport, address);
        final InetSocketAddress socketAddress = wanted.resolve();
        try {
            final ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                options.applyReceiveBuffer(channel::setOption);
                channel.bind(socketAddress, options.backlog());
                return new BoundSocket(channel, HostPort.of((InetSocketAddress) channel.getLocalAddress()));
            } catch (final IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw SocketErrors.cannotListen(wanted, e);
        }
    }

    @Override
    public SocketChannel open() throws IOException {
        final SocketChannel socket = SocketChannel.open();
        try {
            configure(socket);
        } catch (final IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    @Override
    public void configure(final SocketChannel accepted) throws IOException {
        options.applyTo(accepted::setOption, accepted.supportedOptions());
    }

    @Override
    public Address peerOf(final SocketChannel accepted, final Address listening) throws IOException {
        return HostPort.of((InetSocketAddress) accepted.getRemoteAddress());
    }

    /** A connect to a free local port from that very port meets itself: nobody listens there. */
    @Override
    public boolean metNobody(final SocketChannel connected) throws IOException {
        return connected.getLocalAddress().equals(connected.getRemoteAddress());
    }
}
