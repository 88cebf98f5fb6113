package io.fizeau.core.latency;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The counts of a histogram with HdrHistogram's own buckets of three digits, and nothing else: recording is a shift and an increment,
 * without the minimum, maximum and total that {@link Histogram#recordValue} keeps for each value. {@link #moveTo} gives the
 * histogram that would have come of recording each value there. Used by one thread.
 */
final class LatencyCounts {
    /** Of HdrHistogram for three digits: 2048 sub-buckets, so that neighbours differ by less than a thousandth. */
    private static final int SUB_BUCKET_BITS = 11;

    private static final int HALF_BITS = SUB_BUCKET_BITS - 1;
    private static final long SUB_BUCKET_MASK = (1L << SUB_BUCKET_BITS) - 1;
    private static final int LEADING_ZEROS_BASE = Long.SIZE - SUB_BUCKET_BITS;
    private static final int HALF = 1 << HALF_BITS;
    private static final int NEARLY_FULL = Integer.MAX_VALUE;

    private final int[] counts;
    private final Histogram spilled;

    /** For values from 0 to the given one. */
    LatencyCounts(final long greatest) {
        this.counts = new int[index(greatest) + 1];
        this.spilled = new Histogram(LatencyRecorder.LONGEST_NS, LatencyRecorder.SIGNIFICANT_DIGITS);
    }

    /** Adds to what is counted at {@link #index}: 0 or 1. */
    void add(final int index, final int more) {
        counts[index] += more;
        if (counts[index] == NEARLY_FULL) {
            spill(index);
        }
    }

    void add(final long value, final long count) {
        spilled.recordValueWithCount(value, count);
    }

    /** Adds what was counted to a histogram, and starts anew. */
    void moveTo(final Histogram target) {
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] > 0) {
                spill(index);
            }
        }
        target.add(spilled);
        spilled.reset();
    }

    /** Forgets what was counted; allocates nothing. */
    void reset() {
        Arrays.fill(counts, 0);
        spilled.reset();
    }

    private void spill(final int index) {
        spilled.recordValueWithCount(value(index), counts[index]);
        counts[index] = 0;
    }

    /** Where a value is counted: the greater the value, the greater or the same. */
    static int index(final long value) {
        final int bucket = LEADING_ZEROS_BASE - Long.numberOfLeadingZeros(value | SUB_BUCKET_MASK);
        return (bucket << HALF_BITS) + (int) (value >>> bucket);
    }

    /** The least value that is counted there. */
    private static long value(final int index) {
        final int bucket = Math.max(0, (index >> HALF_BITS) - 1);
        return (long) (index - (bucket * HALF)) << bucket;
    }
}
