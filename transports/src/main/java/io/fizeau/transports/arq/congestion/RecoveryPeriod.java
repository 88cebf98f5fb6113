package io.fizeau.transports.arq.congestion;

/**
 * From a reduction of the window to the first acknowledgement of a datagram sent after it (RFC 9002 section 7.3.2). What was sent
 * before neither reduces the window again nor lets it grow. Also keeps account of whether all the loss that a reduction was about
 * proved spurious.
 */
final class RecoveryPeriod {
    private boolean hasStart;
    private long startNs;
    private boolean hasPreviousStart;
    private long previousStartNs;
    private boolean canUndo;
    private long lostBytes;

    /** Whether a datagram sent at a time was sent before the last reduction. */
    boolean covers(final long sentNs) {
        return hasStart && sentNs - startNs <= 0;
    }

    /**
     * Takes a report of loss.
     *
     * @return true if it asks for a reduction, which thereby is the last.
     */
    boolean onLost(final long nowNs, final long bytes, final long latestSentNs) {
        if (covers(latestSentNs)) {
            if (isOfLast(latestSentNs)) {
                lostBytes += bytes;
            }
            return false;
        }
        hasPreviousStart = hasStart;
        previousStartNs = startNs;
        hasStart = true;
        startNs = nowNs;
        canUndo = true;
        lostBytes = bytes;
        return true;
    }

    /**
     * Takes back lost bytes.
     *
     * @return true if nothing remains of what the last reduction was about: then it is to be undone, and its period never was.
     */
    boolean onSpuriousLoss(final long bytes, final long latestSentNs) {
        if (!canUndo || !isOfLast(latestSentNs)) {
            return false;
        }
        lostBytes -= bytes;
        if (lostBytes > 0) {
            return false;
        }
        canUndo = false;
        hasStart = hasPreviousStart;
        startNs = previousStartNs;
        return true;
    }

    /** Persistent congestion: the next loss counts whenever it was sent (RFC 9002 appendix B.8), and nothing is undone. */
    void end() {
        hasStart = false;
        hasPreviousStart = false;
        canUndo = false;
    }

    private boolean isOfLast(final long sentNs) {
        return covers(sentNs) && !(hasPreviousStart && sentNs - previousStartNs <= 0);
    }
}
