package io.fizeau.core.transport;

/** What became of a message that was delivered to a handler. */
public enum Delivery {
    /** The handler is done with it. */
    CONSUMED,
    /**
     * The handler cannot take it now, for instance because its answer was back-pressured. The transport stops reading this
     * connection and delivers the same message again on a later poll. So an echo neither drops nor deadlocks.
     */
    RETRY
}
