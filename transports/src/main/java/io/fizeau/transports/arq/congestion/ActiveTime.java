package io.fizeau.transports.arq.congestion;

/**
 * How long the window has been what held the sender back. The curve of CUBIC runs by this time, so that it does not run ahead of a
 * window that stands still while there is nothing to send (RFC 9438 sections 4.2 and 5.8).
 */
final class ActiveTime {
    private boolean hasSeen;
    private long seenNs;
    private long activeNs;

    /** The time since the last call counts. */
    void onLimited(final long nowNs) {
        if (hasSeen && nowNs - seenNs > 0) {
            activeNs += nowNs - seenNs;
        }
        onIdle(nowNs);
    }

    /** The time since the last call does not count. */
    void onIdle(final long nowNs) {
        hasSeen = true;
        seenNs = nowNs;
    }

    /** The sum of what counts, in ns. */
    long ns() {
        return activeNs;
    }
}
