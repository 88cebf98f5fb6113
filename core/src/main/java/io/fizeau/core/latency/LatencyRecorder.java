package io.fizeau.core.latency;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Records latencies, one value at a time, without allocating: a histogram of three significant digits, and how often the values
 * rose past each level, which tells how many separate episodes stand behind a percentile.
 *
 * <p>Not thread-safe: one thread records. Whoever takes the distribution does so after that thread has stopped recording, with
 * something between the two that orders them.
 */
public final class LatencyRecorder {
    /** What is longer is recorded as this long, in nanoseconds: one hour. */
    public static final long LONGEST_NS = 3_600_000_000_000L;

    /** Of the histogram: a value is known to one part in a thousand. */
    public static final int SIGNIFICANT_DIGITS = 3;

    private final LatencyCounts values = new LatencyCounts(LONGEST_NS);
    private final @Nullable LatencyCounts risesFrom;
    private final @Nullable LatencyCounts risesTo;
    private int previousIndex;
    private int slowestIndex; // with the next one by recordAmong
    private long slowestCameNs = Long.MIN_VALUE;

    private LatencyRecorder(final boolean countsEpisodes) {
        this.risesFrom = countsEpisodes ? new LatencyCounts(LONGEST_NS) : null;
        this.risesTo = countsEpisodes ? new LatencyCounts(LONGEST_NS) : null;
    }

    /**
     * A recorder whose percentiles know how many episodes stand behind them.
     *
     * @return an empty recorder.
     */
    public static LatencyRecorder withEpisodes() {
        return new LatencyRecorder(true);
    }

    /**
     * A recorder of values alone, which costs less.
     *
     * @return an empty recorder.
     */
    public static LatencyRecorder ofValues() {
        return new LatencyRecorder(false);
    }

    /**
     * Records one value. The hot path.
     *
     * @param valueNs nanoseconds; what is negative counts as 0, what is longer than {@link #LONGEST_NS} as that.
     */
    public void record(final long valueNs) {
        final int index = index(valueNs);
        record(index, previousIndex);
        previousIndex = index;
    }

    /**
     * Records a message of one of several connections, whose answers come in whatever order. What held up all of them at once is one
     * episode: this message begins none at a level that the slowest before it went beyond, if that one came back while this one was
     * under way. The hot path.
     *
     * @param dueNs from when it counts.
     * @param nowNs when it came back.
     */
    public void recordAmong(final long dueNs, final long nowNs) {
        final int index = index(nowNs - dueNs);
        final int overlapping = slowestCameNs >= dueNs ? slowestIndex : 0;
        record(index, Math.max(previousIndex, overlapping));
        previousIndex = index;
        if (index >= overlapping) {
            slowestIndex = index;
            slowestCameNs = nowNs;
        }
    }

    private static int index(final long valueNs) {
        return LatencyCounts.index(Math.max(0, Math.min(LONGEST_NS, valueNs)));
    }

    private void record(final int index, final int before) {
        values.add(index, 1);
        if (risesFrom != null && risesTo != null) {
            // The sign bit in place of a branch: whether one message takes longer than the last no processor can
            // foresee.
            final int rise = (before - index) >>> (Integer.SIZE - 1);
            risesFrom.add(before, rise);
            risesTo.add(index, rise);
        }
    }

    /**
     * Records messages that never came back: each counts as one that took at least so long.
     *
     * @param count how many; 0 or more.
     * @param episodes in how many runs of consecutive messages they went missing; 0 or more. Each counts as one that went beyond
     *     any level, because what is only known to be at least the deadline may be beyond it.
     * @param atLeastNs the deadline they missed, in nanoseconds.
     */
    public void recordMissing(final long count, final long episodes, final long atLeastNs) {
        if (count > 0) {
            values.add(Math.min(LONGEST_NS, atLeastNs), count);
        }
        if (episodes > 0 && risesFrom != null && risesTo != null) {
            risesFrom.add(0L, episodes);
            risesTo.add(LONGEST_NS, episodes);
        }
    }

    /**
     * What was recorded since the last time; empties the recorder.
     *
     * @return a copy.
     */
    public LatencyDistribution take() {
        forgetOrder();
        return LatencyDistribution.of(
                histogramOf(values),
                risesFrom == null ? null : histogramOf(risesFrom),
                risesTo == null ? null : histogramOf(risesTo));
    }

    /** Forgets what was recorded since the last time. Allocates nothing, where {@link #take()} makes copies. */
    public void reset() {
        forgetOrder();
        values.reset();
        if (risesFrom != null && risesTo != null) {
            risesFrom.reset();
            risesTo.reset();
        }
    }

    private void forgetOrder() {
        previousIndex = 0;
        slowestIndex = 0;
        slowestCameNs = Long.MIN_VALUE;
    }

    private static Histogram histogramOf(final LatencyCounts counts) {
        final Histogram histogram = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
        counts.moveTo(histogram);
        return histogram;
    }
}
