package io.fizeau.transports.aeron.driver;

/** On whose threads an embedded media driver runs; the names are Aeron's. */
public enum DriverThreads {
    /** What fits the transport and the number of processors. */
    AUTO,
    /** None of its own: whoever polls the node invokes it. */
    INVOKER,
    /** One thread for conductor, sender and receiver. */
    SHARED,
    /** One thread for sender and receiver, one for the conductor. */
    SHARED_NETWORK,
    /** A thread each for conductor, sender and receiver. */
    DEDICATED
}
