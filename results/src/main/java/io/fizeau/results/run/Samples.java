package io.fizeau.results.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values with the number of times each was seen: what JMH writes as {@code rawDataHistogram} in SampleTime. Immutable.
 *
 * <p>JMH keeps a sample with a relative error below one in a thousand; apart from that the percentiles here are exact.
 */
public final class Samples {
    /** No samples at all. */
    public static final Samples NONE = new Samples(new double[0], new long[0]);

    private final double[] values;
    private final long[] cumulativeCounts;

    private Samples(final double[] values, final long[] cumulativeCounts) {
        this.values = values;
        this.cumulativeCounts = cumulativeCounts;
    }

    /**
     * {@return these samples, in ascending order}
     *
     * @param counts each value with how often it was seen; values that are no number and counts below one are left out.
     */
    public static Samples of(final Map<Double, Long> counts) {
        final Builder builder = new Builder();
        counts.forEach(builder::add);
        return builder.build();
    }

    /** Takes values one after the other; in ascending order, as JMH writes them, they need no sorting. One thread, used once. */
    static final class Builder {
        private static final int USUAL = 1024;

        private double[] values = new double[USUAL];
        private long[] counts = new long[USUAL];
        private int size;
        private boolean isAscending = true;

        /** Values that are no number and counts below one are left out. */
        void add(final double value, final long count) {
            if (Double.isNaN(value) || count < 1) {
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            isAscending &= size == 0 || values[size - 1] < value;
            values[size] = value;
            counts[size++] = count;
        }

        Samples build() {
            if (!isAscending) {
                final TreeMap<Double, Long> sorted = new TreeMap<>();
                for (int i = 0; i < size; i++) {
                    sorted.merge(values[i], counts[i], Long::sum);
                }
                size = 0;
                isAscending = true;
                sorted.forEach(this::add);
            }
            for (int i = 1; i < size; i++) {
                counts[i] += counts[i - 1];
            }
            return new Samples(Arrays.copyOf(values, size), Arrays.copyOf(counts, size));
        }
    }

    /**
     * {@return all their samples together; exact, no percentile is averaged}
     *
     * @param parts for example the iterations of one fork.
     */
    public static Samples merge(final Collection<Samples> parts) {
        return parts.stream().reduce(NONE, Samples::plus);
    }

    /** Two ascending arrays merged into one: histograms of many forks are merged for each table. */
    private Samples plus(final Samples other) {
        if (count() == 0 || other.count() == 0) {
            return count() == 0 ? other : this;
        }
        final double[] merged = new double[values.length + other.values.length];
        final long[] cumulative = new long[merged.length];
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < values.length || j < other.values.length) {
            final double mine = i < values.length ? values[i] : Double.POSITIVE_INFINITY;
            final double theirs = j < other.values.length ? other.values[j] : Double.POSITIVE_INFINITY;
            if (i < values.length && mine <= theirs) {
                i++;
            }
            if (j < other.values.length && theirs <= mine) {
                j++;
            }
            merged[n] = Math.min(mine, theirs);
            cumulative[n++] = (i == 0 ? 0 : cumulativeCounts[i - 1]) + (j == 0 ? 0 : other.cumulativeCounts[j - 1]);
        }
        return new Samples(Arrays.copyOf(merged, n), Arrays.copyOf(cumulative, n));
    }

    /** {@return how many samples there are} */
    public long count() {
        return cumulativeCounts.length == 0 ? 0 : cumulativeCounts[cumulativeCounts.length - 1];
    }

    /**
     * The smallest sample that at least {@code percent} % of the samples do not exceed: the sample of rank
     * ceil(percent / 100 * count), at least 1. Nothing is interpolated, so the answer is always a value that was seen.
     *
     * <p>Source: the nearest-rank definition, type 1 (the inverse of the empirical distribution function) in R. J. Hyndman and
     * Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
     *
     * @param percent from 0 (the smallest) to 100 (the largest).
     * @return the percentile in the unit of the values, NaN when there are no samples.
     */
    public double percentile(final double percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent is " + percent + ": it must be from 0 to 100");
        }
        if (values.length == 0) {
            return Double.NaN;
        }
        // 99.9 / 100 * 1000 is a hair above 999: a rank that is whole but for rounding counts as whole.
        final double exact = percent / 100 * count();
        final long nearest = Math.round(exact);
        final long rank = Math.abs(exact - nearest) < 1e-6 ? nearest : (long) Math.ceil(exact);
        final int found = Arrays.binarySearch(cumulativeCounts, Math.max(1, rank));
        return values[found >= 0 ? found : -found - 1];
    }
}
