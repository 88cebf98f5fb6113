package io.fizeau.core.transport;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;

/** A place at which a node accepts connections. All methods may be called by any thread. */
public interface Listener extends AutoCloseable {
    /**
     * Where peers connect to; with the port that was taken, if port 0 was asked for.
     *
     * @return an address for {@link Node#connect}.
     */
    Address address();

    /**
     * Whose threads accept here and drive the accepted connections.
     *
     * @return if {@link Driving#CALLER}, the node has to be polled.
     */
    Driving driving();

    /**
     * How many connections were accepted since the start.
     *
     * @return a count that never falls.
     */
    long acceptedCount();

    /**
     * How many were closed because what the peer sent is not of this transport's protocol: garbage, or a length beyond the
     * limit. Such a peer costs only its own connection, and is counted before it can see that it was closed.
     *
     * @return a count that never falls.
     */
    long rejectedCount();

    /**
     * How many messages a layer dropped although the connection lives on: altered, made up or repeated ones, on a transport that is
     * not {@link Guarantee#RELIABLE}, where anybody can send a datagram and the network repeats one now and then.
     *
     * @return a count that never falls; 0 unless overridden.
     */
    default long droppedCount() {
        return 0;
    }

    /** Stops accepting. Connections that were accepted live on until they or the node are closed. Idempotent. */
    @Override
    void close();
}
