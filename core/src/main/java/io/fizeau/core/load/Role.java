package io.fizeau.core.load;

/** What the far end does with the messages of a phase. */
public enum Role {
    /** Sends each message back. */
    ECHO,
    /** Counts the messages and acknowledges them by cumulative credit. */
    SINK
}
