package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;

/** A listening end that obeys the commands in the messages, in this JVM or in another one. */
public interface Server extends AutoCloseable {
    /**
     * Where it listens.
     *
     * @return an address to connect to.
     */
    Address address();

    /**
     * What has happened there so far.
     *
     * @return a snapshot.
     */
    ServerStats stats();

    /**
     * Answers every message with RETRY, or no longer.
     *
     * @param isHeld whether it does.
     */
    void hold(boolean isHeld);

    /** Closes the listener; the connections live on. */
    void closeListener();

    /** Closes the node. */
    @Override
    void close();
}
