package io.fizeau.results.compare;

/** How two sides were measured, which decides what the sample is. */
public enum Design {
    /** In turn within one interleaved run: the fork is the sample, and forks of the same round are a pair. */
    PAIRED,
    /** In several sessions a side: the session is the sample. */
    SESSIONS,
    /** In one session a side, at different times: what differs may be the sessions, so there is no verdict. */
    SESSION_CONFOUNDED
}
