package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * A kind of stream sockets: how they are opened, bound and named. One is made for each node, and holds its socket options.
 *
 * @implSpec Stateless or immutable. The node owns every channel it is given, and closes it.
 */
public interface SocketFamily {
    /**
     * Turns an address into a socket's. May block while a name is looked up.
     *
     * @param address where a peer listens.
     * @return the socket address.
     * @throws TransportException if it is of a form that this family does not use, or unknown here; the message says which.
     */
    SocketAddress resolve(Address address);

    /**
     * Opens a socket, binds it and starts to listen.
     *
     * @param address where.
     * @return the socket and where it is.
     * @throws TransportException if the address is of the wrong form, taken, or not ours; nothing is left then. The message says
     *     which, and what to do.
     */
    BoundSocket bind(Address address);

    /**
     * Opens a socket to connect from, with the options set that must be set before it connects.
     *
     * @return a new channel, not connected.
     * @throws IOException if there is none to be had; nothing is left open then.
     */
    SocketChannel open() throws IOException;

    /**
     * Sets the options of a socket that was accepted.
     *
     * @param accepted the channel.
     * @throws IOException if it refuses, as it may when the peer has gone again.
     */
    void configure(SocketChannel accepted) throws IOException;

    /**
     * Names the peer of a socket that was accepted.
     *
     * @param accepted the channel.
     * @param listening where it was accepted.
     * @return the peer, as far as can be told.
     * @throws IOException if it has gone again.
     */
    Address peerOf(SocketChannel accepted, Address listening) throws IOException;

    /**
     * Whether a socket that says it is connected is not connected to anybody else. Asked once, when a connect ends.
     *
     * @param connected the channel.
     * @return true if nobody listens there.
     * @throws IOException if it has closed again.
     */
    boolean metNobody(SocketChannel connected) throws IOException;
}
