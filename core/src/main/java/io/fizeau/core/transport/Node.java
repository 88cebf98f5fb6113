package io.fizeau.core.transport;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;

/**
 * One process's end of a transport. It owns what its connections share: the selector, the media driver, the TLS context, the
 * threads. So a thousand connections are one selector and one driver, and a member of a consensus group, which is client and
 * server to its peers at once, is one node.
 *
 * <p><b>Driving.</b> At an end that is driven by the caller ({@link Driving#CALLER}) nothing happens unless the caller polls:
 * {@link #poll(int)} does everything the node has to do (accepts, connects, timers, acknowledgements, messages) and is called
 * at least every 100 ms; {@link Connection#poll(int)} looks for messages on one connection only and is the fastest way to wait
 * for one. At an end that the transport drives itself ({@link Driving#OWN}), its threads do all of it, and polling returns 0.
 *
 * <p><b>Thread-safety.</b> {@link #close()} may be called by any thread at any time, also while another one is in a poll. All
 * else that the caller drives (poll, connect, listen, and the polls of the node's connections) is done by one thread at a
 * time; transports that promise {@link Guarantee#POLLED_PER_CONNECTION} let each connection be polled by a thread of its own.
 * At an end driven by the transport, connect and listen may be called by any thread. A callback must not call {@code poll},
 * {@code listen}, or {@code close} on its node.
 */
public interface Node extends AutoCloseable {
    /**
     * Starts to listen. When it returns, peers can connect.
     *
     * @param address where; with port 0 a free one is taken, and {@link Listener#address()} tells which.
     * @param handler gets the callbacks of every connection accepted here, starting with
     *     {@link ConnectionHandler#onOpen(Connection)}.
     * @return the listener.
     * @throws TransportException if the address is taken, is not ours, or is of a form this transport does not use; the
     *     message says which.
     */
    Listener listen(Address address, ConnectionHandler handler);

    /**
     * Starts to connect. Returns at once with a connection that is {@link ConnectionState#CONNECTING}, so that an event loop
     * is not held up; a transport whose delivery blocks may finish connecting, or failing, before it returns. Then either
     * {@link ConnectionHandler#onOpen(Connection)} or {@link ConnectionHandler#onClosed(Connection, CloseReason)} is called,
     * within the transport's connect time-out and as long as the node is driven.
     * {@link Connections#awaitOpen(Node, Connection, java.time.Duration)} waits for either.
     *
     * @param address where a peer listens.
     * @param handler gets the callbacks of this connection.
     * @return the connection. That nobody is there is no exception: the connection closes with
     *     {@link CloseReason#UNREACHABLE}.
     * @throws TransportException if the address is of a form this transport does not use, or resources run out.
     */
    Connection connect(Address address, ConnectionHandler handler);

    /**
     * Does what there is to do, for every listener and connection that the caller drives.
     *
     * <p>Does not block, unless the settings chose to wait in it (as {@code tcp-nio?wait=select} does: then it waits for at most
     * 100 ms, and {@link #close()} ends the wait). Where connections are {@link Guarantee#POLLED_PER_CONNECTION} this may have
     * nothing to do; but while a layer's ends still have to agree on something before a connection opens, this polls one such
     * connection, each in its turn, and waits as {@link Connection#poll(int)} does.
     *
     * @param limit how many messages to deliver at the most, at least 1.
     * @return how much was done: messages delivered, connections accepted or closed, bytes moved on; 0 if there was nothing,
     *     and the caller may idle. Always 0 once the node is closed.
     */
    int poll(int limit);

    /**
     * Closes all listeners and connections and frees what the node held. Idempotent; ends every wait in another thread; when
     * it returns, no thread, file, port or shared memory of the node is left. The connections' handlers get
     * {@link CloseReason#LOCAL}.
     */
    @Override
    void close();
}
