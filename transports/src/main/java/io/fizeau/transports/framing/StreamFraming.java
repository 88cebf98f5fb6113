package io.fizeau.transports.framing;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.transports.loop.Lifecycle;

/**
 * How messages are laid on a stream of bytes: with their lengths ({@link LengthPrefix}), not at all ({@link Unframed}), or inside
 * another protocol. One for each node; thread-safe.
 */
public interface StreamFraming {
    /**
     * The two halves of one connection's framing.
     *
     * @param reader takes messages out of what comes; it belongs to the delivering thread.
     * @param writer lays messages on what goes out; it belongs to the sending thread, or to whoever holds the connection's lock.
     */
    record Halves(MessageReader reader, MessageWriter writer) {}

    /**
     * Makes the halves for a new connection. What has to be said before the first message is in the writer already.
     *
     * @param connection what the handler is called with.
     * @param handler gets the messages.
     * @param life tells whether the connection still is open.
     * @param isAccepted whether the peer connected to us.
     * @return the halves.
     */
    Halves halves(Connection connection, ConnectionHandler handler, Lifecycle life, boolean isAccepted);

    /**
     * How often {@link MessageWriter#tick} of each open connection is to be called.
     *
     * @return nanoseconds, or 0 for never, as it is unless overridden.
     */
    default long tickNs() {
        return 0;
    }
}
