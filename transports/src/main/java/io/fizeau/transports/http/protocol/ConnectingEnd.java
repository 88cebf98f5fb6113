package io.fizeau.transports.http.protocol;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Node;

/** The client that a node connects with, made when it is needed first. Threads as {@link Node} says. */
public interface ConnectingEnd extends AutoCloseable {
    /**
     * Starts to connect, as {@link Node#connect}.
     *
     * @param address where a peer listens.
     * @param handler gets the callbacks.
     * @return the connection.
     */
    Connection connect(HostPort address, ConnectionHandler handler);

    /**
     * Does what there is to do, as {@link Node#poll}.
     *
     * @param limit how many messages at the most.
     * @return how much was done.
     */
    int poll(int limit);

    /** Closes all connections, as {@link Node#close}. */
    @Override
    void close();
}
