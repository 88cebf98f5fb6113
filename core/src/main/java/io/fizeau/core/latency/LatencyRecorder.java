package io.fizeau.core.latency;

import org.HdrHistogram.Histogram;

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

    private final Histogram values = new Histogram(LONGEST_NS, SIGNIFICANT_DIGITS);
    private final Histogram risesFrom;
    private final Histogram risesTo;
    private final boolean countsEpisodes;
    private long previousNs;

    private LatencyRecorder(final boolean countsEpisodes) {
        this.countsEpisodes = countsEpisodes;
        this.risesFrom = new Histogram(countsEpisodes ? LONGEST_NS : 2, SIGNIFICANT_DIGITS);
        this.risesTo = new Histogram(countsEpisodes ? LONGEST_NS : 2, SIGNIFICANT_DIGITS);
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
        final long value = Math.max(0, Math.min(LONGEST_NS, valueNs));
        values.recordValue(value);
        if (countsEpisodes) {
            final long previous = previousNs;
            previousNs = value;
            if (value > previous) {
                risesFrom.recordValue(previous);
                risesTo.recordValue(value);
            }
        }
    }

    /**
     * Records messages that never came back: each counts as one that took at least so long.
     *
     * @param count how many; 0 or more.
     * @param atLeastNs the deadline they missed, in nanoseconds.
     */
    public void recordMissing(final long count, final long atLeastNs) {
        if (count > 0) {
            values.recordValueWithCount(Math.min(LONGEST_NS, atLeastNs), count);
        }
    }

    /**
     * What was recorded since the last time; empties the recorder.
     *
     * @return a copy.
     */
    public LatencyDistribution take() {
        final LatencyDistribution taken = countsEpisodes
                ? LatencyDistribution.of(values.copy(), risesFrom.copy(), risesTo.copy())
                : LatencyDistribution.of(values.copy(), null, null);
        values.reset();
        risesFrom.reset();
        risesTo.reset();
        previousNs = 0;
        return taken;
    }
}
