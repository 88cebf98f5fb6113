package io.fizeau.results.stats.change;

/**
 * The place at which a segment of a series falls into the two parts that differ most. Not thread-safe: it keeps its working arrays.
 *
 * <p>For x = series[from, split) of n values and y = series[split, to) of m, with all sums over pairs of the absolute difference,
 *
 * <pre>
 * E = 2/(n m) sum(x, y) - 2/(n (n-1)) sum(within x) - 2/(m (m-1)) sum(within y),   Q = n m / (n + m) E
 * </pre>
 *
 * <p>and Q is largest over all splits and all ends {@code to}, which are looked for too, because a change back would hide the one before it
 * (Matteson and James 2014, with exponent alpha = 1). The sums grow from one split and end to the next, so that it takes time n^2 and
 * memory n.
 */
final class BestSplit {
    private final double[] fromEarlier;
    private final double[] fromLeft;
    private int split;
    private double q;

    BestSplit(final int length) {
        fromEarlier = new double[length];
        fromLeft = new double[length];
    }

    /** The index of the first value right of the best split; -1 if the segment is too short to have one. */
    int split() {
        return split;
    }

    /** Q of the best split; negative infinity if there is none. */
    double statistic() {
        return q;
    }

    /** Looks at {@code series[from, to)} for a split with at least so many values on either side. */
    void find(final double[] series, final int from, final int to, final int minSegment) {
        split = -1;
        q = Double.NEGATIVE_INFINITY;
        if (to - from < 2 * minSegment) {
            return;
        }
        for (int k = from; k < to; k++) {
            double sum = 0;
            for (int j = from; j < k; j++) {
                sum += Math.abs(series[j] - series[k]);
            }
            fromEarlier[k] = sum;
            fromLeft[k] = 0;
        }
        double withinLeft = 0;
        for (int at = from + 1; at <= to - minSegment; at++) {
            final double moved = series[at - 1];
            withinLeft += fromEarlier[at - 1];
            for (int k = at; k < to; k++) {
                fromLeft[k] += Math.abs(moved - series[k]);
            }
            if (at - from >= minSegment) {
                findEnd(from, at, to, minSegment, withinLeft);
            }
        }
    }

    private void findEnd(final int from, final int at, final int to, final int minSegment, final double withinLeft) {
        final double n = at - from;
        final double left = 2 * withinLeft / (n * (n - 1));
        double between = 0;
        double withinRight = 0;
        for (int k = at; k < to; k++) {
            between += fromLeft[k];
            withinRight += fromEarlier[k] - fromLeft[k];
            final double m = k + 1 - at;
            if (m >= minSegment) {
                final double distance = 2 * between / (n * m) - left - 2 * withinRight / (m * (m - 1));
                final double scaled = n * m / (n + m) * distance;
                if (scaled > q) {
                    q = scaled;
                    split = at;
                }
            }
        }
    }
}
