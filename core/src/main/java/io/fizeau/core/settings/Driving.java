package io.fizeau.core.settings;

/** Whose threads do a transport's work: accepting, reading, timers, acknowledgements. */
public enum Driving {
    /** The caller's: nothing happens unless the caller polls. */
    CALLER,
    /** The transport's: it runs threads of its own, and callbacks come on them. Polling does nothing and returns 0. */
    OWN
}
