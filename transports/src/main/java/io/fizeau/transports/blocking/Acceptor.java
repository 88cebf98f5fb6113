package io.fizeau.transports.blocking;

import io.fizeau.core.address.Address;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A socket that listens. One thread accepts; {@link #close()} may be called by any, and ends its wait. */
public interface Acceptor {
    /**
     * Where it listens.
     *
     * @return the address, with the port that was taken.
     */
    Address address();

    /**
     * Waits for a peer. Its handshake is left to the connection's own thread.
     *
     * @param timeoutMs how long, in milliseconds; 0 for without end.
     * @return its stream, or null if the time ran out.
     * @throws IOException if nobody can be accepted now, or it is closed.
     */
    @Nullable
    BlockingStream accept(int timeoutMs) throws IOException;

    /**
     * Whether it is over.
     *
     * @return true from {@link #close()} on.
     */
    boolean isClosed();

    /**
     * Closes it. Idempotent.
     *
     * @throws IOException if the socket does not close.
     */
    void close() throws IOException;
}
