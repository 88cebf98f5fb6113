package io.fizeau.transports.tcpnio;

/** How a {@code tcp-nio} node looks for messages. */
public enum Wait {
    /**
     * Reads from the sockets themselves and asks the selector only now and then, as long as there are few; asks the selector each
     * time beyond that. The lowest latency, for a thread that spins.
     */
    READ,
    /** Asks the selector without waiting, then reads what it names. */
    SELECT_NOW,
    /** Sleeps in the selector until there is something. */
    SELECT
}
