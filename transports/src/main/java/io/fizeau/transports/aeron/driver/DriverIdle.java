package io.fizeau.transports.aeron.driver;

/** How the threads of an embedded media driver wait when there is nothing to do. */
public enum DriverIdle {
    /** Spinning where sender and receiver have a thread each, else backing off. */
    AUTO,
    /** Each thread burns a core. */
    SPIN,
    /** Each thread gives its core away when another wants it. */
    YIELD,
    /** Each thread spins, then yields, then parks for up to a millisecond. */
    BACKOFF,
    /** Each thread parks for a tenth of a millisecond. */
    SLEEP
}
