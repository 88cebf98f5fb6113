package io.fizeau.core.load;

/** What the far end does with the messages of a phase. */
public enum Role {
    /** Sends each message back. */
    ECHO,
    /** Counts the messages and acknowledges them by cumulative credit. */
    SINK,
    /** Sends each message to every connection whose phase has the same run and number and this role, the one it came on among them. */
    FAN_OUT
}
