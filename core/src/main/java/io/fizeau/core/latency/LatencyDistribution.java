package io.fizeau.core.latency;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Latencies of one phase, or of several merged without loss: percentiles of the whole, never averages of percentiles.
 *
 * <p>A percentile says something only if enough stands behind it: {@link #isSupported(double)} asks for at least ten samples beyond
 * it, and ten separate <em>episodes</em>. One preemption of 8 ms at 100 000 messages a second is 800 samples and one event: all of
 * them wait for the same thing, so they are one observation of the tail, not 800. An episode beyond a level is a maximal run of
 * consecutive values above it; their number is the number of up-crossings of the level, counted for all levels at once from the
 * values between which the sequence rose (the runs method with run length 1; Leadbetter, Lindgren and Rootzen, <em>Extremes and
 * Related Properties of Random Sequences and Processes</em>, 1983).
 *
 * <p>Immutable as long as nobody writes to {@link #histogram()}.
 */
public final class LatencyDistribution implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many samples, and how many episodes, have to lie beyond a percentile. */
    public static final int LEAST_BEYOND = 10;

    private static final double HUNDRED = 100.0;
    /** A share such as 1 - 0.999 is not exact: 10 samples of 10 000 beyond p99.9 are enough. */
    private static final double ROUNDING = 1e-6;

    private final Histogram values;
    private final @Nullable Histogram risesFrom;
    private final @Nullable Histogram risesTo;

    private LatencyDistribution(
            final Histogram values, final @Nullable Histogram risesFrom, final @Nullable Histogram risesTo) {
        this.values = values;
        this.risesFrom = risesFrom;
        this.risesTo = risesTo;
    }

    static LatencyDistribution of(
            final Histogram values, final @Nullable Histogram risesFrom, final @Nullable Histogram risesTo) {
        return new LatencyDistribution(values, risesFrom, risesTo);
    }

    /**
     * A distribution of values alone, for what another program recorded.
     *
     * @param values a histogram, which now belongs to the distribution.
     * @return the distribution; its percentiles are supported by samples alone.
     */
    public static LatencyDistribution of(final Histogram values) {
        return new LatencyDistribution(values, null, null);
    }

    /**
     * The distribution of all values of several.
     *
     * @param parts at least one; episodes are known if they are known of each.
     * @return a new distribution; merging in any order and grouping gives the same.
     */
    public static LatencyDistribution merge(final Collection<LatencyDistribution> parts) {
        final boolean knowsEpisodes = parts.stream().allMatch(part -> part.risesFrom != null);
        final Histogram values = empty();
        final Histogram from = knowsEpisodes ? empty() : null;
        final Histogram to = knowsEpisodes ? empty() : null;
        for (final LatencyDistribution part : parts) {
            values.add(part.values);
            if (from != null && to != null && part.risesFrom != null && part.risesTo != null) {
                from.add(part.risesFrom);
                to.add(part.risesTo);
            }
        }
        return new LatencyDistribution(values, from, to);
    }

    /**
     * The distribution of all values of several that were recorded side by side, each by another thread, over the same time. What
     * held up several of them is one episode and not one for each, and which of their episodes are the same nobody knows afterwards:
     * beyond each level there were at least as many as the one that met most of them has, and so many are counted.
     *
     * @param parts at least one; episodes are known if they are known of each.
     * @return a new distribution.
     */
    public static LatencyDistribution sideBySide(final List<LatencyDistribution> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        final LatencyDistribution sum = merge(parts);
        if (sum.risesFrom == null || sum.risesTo == null) {
            return sum;
        }
        final Histogram from = empty();
        final Histogram to = empty();
        final long[] beyond = new long[parts.size()];
        long before = 0;
        for (final long level : levels(sum.risesFrom, sum.risesTo)) {
            long most = 0;
            for (int i = 0; i < beyond.length; i++) {
                beyond[i] += parts.get(i).changeAt(level);
                most = Math.max(most, beyond[i]);
            }
            (most > before ? from : to).recordValueWithCount(level, Math.abs(most - before));
            before = most;
        }
        return new LatencyDistribution(sum.values, from, to);
    }

    /** By how many more went beyond this level than beyond the one before it. */
    private long changeAt(final long level) {
        return risesFrom == null || risesTo == null
                ? 0
                : risesFrom.getCountAtValue(level) - risesTo.getCountAtValue(level);
    }

    /** Where the number of episodes beyond a level may change, rising. */
    private static SortedSet<Long> levels(final Histogram... rises) {
        final SortedSet<Long> levels = new TreeSet<>();
        for (final Histogram histogram : rises) {
            histogram.recordedValues().forEach(value -> levels.add(value.getValueIteratedTo()));
        }
        return levels;
    }

    /**
     * The distribution of all values of several.
     *
     * @param parts at least one.
     * @return a new distribution.
     */
    public static LatencyDistribution merge(final LatencyDistribution... parts) {
        return merge(List.of(parts));
    }

    private static Histogram empty() {
        return new Histogram(LatencyRecorder.LONGEST_NS, LatencyRecorder.SIGNIFICANT_DIGITS);
    }

    /**
     * How many values there are, those that count as "at least" among them.
     *
     * @return a count.
     */
    public long count() {
        return values.getTotalCount();
    }

    /**
     * A percentile: the value that the given share of all values does not exceed.
     *
     * @param percent from 0 to 100.
     * @return nanoseconds, to one part in a thousand; 0 if there are no values.
     */
    public long percentileNs(final double percent) {
        return count() == 0 ? 0 : values.getValueAtPercentile(percent);
    }

    /**
     * The mean.
     *
     * @return nanoseconds; 0 if there are no values.
     */
    public double meanNs() {
        return count() == 0 ? 0 : values.getMean();
    }

    /**
     * The greatest value.
     *
     * @return nanoseconds; 0 if there are no values.
     */
    public long maxNs() {
        return count() == 0 ? 0 : values.getMaxValue();
    }

    /**
     * How many separate episodes went beyond a level.
     *
     * @param levelNs nanoseconds.
     * @return a count, or -1 if it was not recorded.
     */
    public long episodesBeyond(final long levelNs) {
        if (risesFrom == null || risesTo == null) {
            return -1;
        }
        final long upTo = values.highestEquivalentValue(levelNs);
        return risesFrom.getCountBetweenValues(0, upTo) - risesTo.getCountBetweenValues(0, upTo);
    }

    /**
     * Whether enough stands behind a percentile for it to be told: at least {@value #LEAST_BEYOND} samples beyond it, and, from the
     * 90th on and where they were recorded, as many episodes. Below the 90th there is no tail for an event to make up.
     *
     * @param percent from 0 up to, not including, 100.
     * @return true if it may be told.
     */
    public boolean isSupported(final double percent) {
        final double beyond = count() * (HUNDRED - percent) / HUNDRED;
        if (beyond < LEAST_BEYOND - ROUNDING) {
            return false;
        }
        final long episodes = episodesBeyond(percentileNs(percent));
        return percent < 90 || episodes < 0 || episodes >= LEAST_BEYOND;
    }

    /**
     * The values, for programs that read HdrHistogram's own formats.
     *
     * @return the histogram itself, not to be written to.
     */
    public Histogram histogram() {
        return values;
    }
}
