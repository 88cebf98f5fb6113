package io.fizeau.core.load;

/**
 * What became of the messages of one phase.
 *
 * @param sent how many the transport accepted.
 * @param arrived how many came to their destination, each counted once: back here in a closed loop, at the far end one way.
 * @param outOfOrder how many came twice, late or after a later one.
 * @param refused how often a message was offered and not accepted; it was offered again.
 */
public record PhaseCounts(long sent, long arrived, long outOfOrder, long refused) {
    /**
     * How many never came.
     *
     * @return a count, 0 or more.
     */
    public long lost() {
        return Math.max(0, sent - arrived);
    }
}
