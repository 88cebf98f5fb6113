package io.fizeau.transports.uds;

import io.fizeau.core.settings.Option;
import io.fizeau.transports.nio.Wait;

/** How a node over Unix domain sockets looks for messages. */
enum UnixWait {
    /** As {@link Wait#READ}. */
    READ(Wait.READ),
    /** As {@link Wait#SELECT_NOW}. */
    SELECT_NOW(Wait.SELECT_NOW),
    /** As {@link Wait#SELECT}. */
    SELECT(Wait.SELECT),
    /** Each connection sleeps in a read of its own: by the caller who polls it, or on a thread of its own. */
    BLOCK(Wait.SELECT);

    static final Option<UnixWait> OPTION = Option.choice(
            "wait",
            UnixWait.class,
            READ,
            "one thread for all connections, which spins on the read itself, spins on the selector, or sleeps in it; or block:"
                    + " a thread for each, which sleeps in its read");

    private final Wait ofLoop;

    UnixWait(final Wait ofLoop) {
        this.ofLoop = ofLoop;
    }

    /** The same for a node that is one loop; of no meaning for {@link #BLOCK}. */
    Wait ofLoop() {
        return ofLoop;
    }
}
