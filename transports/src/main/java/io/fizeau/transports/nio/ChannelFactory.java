package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Puts onto a socket what lies between it and the bytes of a connection: nothing, or TLS. One for each node. */
@FunctionalInterface
public interface ChannelFactory {
    /** Nothing: the bytes are the socket's. */
    ChannelFactory PLAIN = (socket, peer, isAccepted) -> new PlainChannel(socket);

    /**
     * Makes the channel of one connection. By the driving thread.
     *
     * @param socket the socket, non-blocking; of one that connects, not connected yet. The new channel owns it.
     * @param peer who is there, or is to be.
     * @param isAccepted whether the peer connected to us.
     * @return a new channel.
     * @throws IOException if it cannot be made; the socket is then closed by the caller.
     */
    ConnectionChannel channel(SocketChannel socket, Address peer, boolean isAccepted) throws IOException;
}
