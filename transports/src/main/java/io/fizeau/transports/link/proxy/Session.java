package io.fizeau.transports.link.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * One client of a server, as the proxy sees it. Used by the relay's thread.
 *
 * @param number its number, which travels with its packets.
 * @param client where the client's datagrams come from.
 * @param front the socket at which the client takes the proxy for the server.
 * @param upstream the socket at which the server takes the proxy for the client, connected to the server.
 */
record Session(int number, SocketAddress client, DatagramChannel front, DatagramChannel upstream) {
    private static final int BUFFER_BYTES = 4 << 20;

    static Session open(
            final int number,
            final SocketAddress client,
            final DatagramChannel front,
            final InetSocketAddress server,
            final Selector selector)
            throws IOException {
        final DatagramChannel upstream = bound(server.getAddress(), selector);
        upstream.connect(server);
        return new Session(number, client, front, upstream);
    }

    /** A socket on any free port of this host, with as much buffer as the system allows. */
    static DatagramChannel bound(final InetAddress host, final Selector selector) throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(host, 0));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
