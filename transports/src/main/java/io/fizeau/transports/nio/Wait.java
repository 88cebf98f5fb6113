package io.fizeau.transports.nio;

import io.fizeau.core.settings.Option;

/** How a node of this family looks for messages. */
public enum Wait {
    /**
     * Reads from the sockets themselves and asks the selector only now and then, as long as there are few; asks the selector each
     * time beyond that. The lowest latency, for a thread that spins.
     */
    READ,
    /** Asks the selector without waiting, then reads what it names. */
    SELECT_NOW,
    /** Sleeps in the selector until there is something. */
    SELECT;

    /** Up to this many connections are read without asking the selector: a select costs about as much as two reads. */
    static final int DIRECT_READS = 2;

    /** The option of a transport that offers all of them. */
    public static final Option<Wait> OPTION = Option.choice(
            "wait",
            Wait.class,
            READ,
            "spin on the read itself (beyond " + DIRECT_READS
                    + " connections on the selector), spin on the selector, or sleep in it");
}
