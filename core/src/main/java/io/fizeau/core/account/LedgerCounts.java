package io.fizeau.core.account;

/**
 * What became of every message that fell due in one phase. Two sums hold: {@code due = accepted + unsent}, and
 * {@code accepted = onTime + late + lost}. The other counts stand beside them: a message may be refused before it is accepted, and
 * come twice, or after a later one.
 *
 * @param due how many fell due.
 * @param accepted how many the transport took.
 * @param unsent how many it had not taken when the deadline of the phase had passed.
 * @param onTime how many came back within the deadline, counted from when they were due.
 * @param late how many came back after it, but while the phase was still waited for.
 * @param lost how many had not come back when the phase was closed. One that comes in a later phase is {@code stale} there.
 * @param duplicated how many answers came for a message that was answered already.
 * @param reordered how many answers came after the answer to a later message of the same connection (as RFC 4737 has it).
 * @param corrupt how often a message, at the far end or as an answer, had a wrong length, header or content; it counts as lost
 *     unless it comes again.
 * @param refused how often a message was offered and not taken. It was offered again, and kept its due time.
 * @param stale how many answers came for messages of an earlier phase.
 * @param backlog how many had fallen due and not been accepted at the moment at which the phase ended, before the last ones were
 *     seen to: a transport that keeps up has next to none.
 */
public record LedgerCounts(
        long due,
        long accepted,
        long unsent,
        long onTime,
        long late,
        long lost,
        long duplicated,
        long reordered,
        long corrupt,
        long refused,
        long stale,
        long backlog) {
    /** Checks that the sums hold. */
    public LedgerCounts {
        if (due != accepted + unsent || accepted != onTime + late + lost || lost < 0 || unsent < 0) {
            throw new IllegalStateException("the ledger does not add up: due=" + due + " accepted=" + accepted
                    + " unsent=" + unsent + " onTime=" + onTime + " late=" + late + " lost=" + lost);
        }
    }

    /** Of no messages. */
    public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * The messages without a known latency: they count as "at least the deadline".
     *
     * @return lost and unsent.
     */
    public long missing() {
        return lost + unsent;
    }

    /**
     * Of both phases together.
     *
     * @param other another phase.
     * @return the sums.
     */
    public LedgerCounts plus(final LedgerCounts other) {
        return new LedgerCounts(
                due + other.due,
                accepted + other.accepted,
                unsent + other.unsent,
                onTime + other.onTime,
                late + other.late,
                lost + other.lost,
                duplicated + other.duplicated,
                reordered + other.reordered,
                corrupt + other.corrupt,
                refused + other.refused,
                stale + other.stale,
                backlog + other.backlog);
    }
}
