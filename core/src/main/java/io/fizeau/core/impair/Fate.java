package io.fizeau.core.impair;

/** What became of a packet that was offered. */
public enum Fate {
    /** It is held until it is due. */
    HELD,
    /** Lost by the loss model. */
    LOSS,
    /** Lost because its index is in the list of drops. */
    LIST,
    /** Lost in a blackout. */
    BLACKOUT,
    /** Lost because the queue before the rate limit was full. */
    QUEUE,
    /** Lost because this machine had no room for it, or it was larger than a packet may be: nobody scheduled it. */
    OVERFLOW
}
