package io.fizeau.results.stats;

import java.util.Arrays;

/**
 * The middle and the range of the values of several forks.
 *
 * @param count how many forks have a value.
 * @param median the mean of the middle two for an even count; NaN without values.
 * @param min NaN without values.
 * @param max NaN without values.
 */
public record Summary(int count, double median, double min, double max) {
    /**
     * {@return their summary}
     *
     * @param values one per fork; what is not finite is left out.
     */
    public static Summary of(final double... values) {
        final double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        final int n = sorted.length;
        if (n == 0) {
            return new Summary(0, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Summary(n, (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
    }

    /** {@return true if at least one fork has a value} */
    public boolean isPresent() {
        return count > 0;
    }
}
