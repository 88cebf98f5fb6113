package io.fizeau.core.layer;

/**
 * Makes the transforms of one node, and holds what they share, such as a key that was read from a file. Thread-safe: connections
 * are made by several threads.
 */
@FunctionalInterface
public interface TransformSource {
    /**
     * Makes the transform for one end of one connection.
     *
     * @param isConnecting true at the end that connects, false at the one that accepts.
     * @return a new transform.
     */
    Transform newTransform(boolean isConnecting);

    /**
     * How long the longest message of an {@link Opening} is.
     *
     * @return bytes; 0 if the transforms have none.
     */
    default int openingBytes() {
        return 0;
    }

    /**
     * How long a connection may take to open once the one below is open, if the transforms have an {@link Opening}.
     *
     * @return nanoseconds.
     */
    default long openingTimeoutNs() {
        return 5_000_000_000L;
    }
}
