package io.fizeau.bench.jmh;

import org.openjdk.jmh.results.AggregationPolicy;

/**
 * One secondary row of an iteration.
 *
 * @param label its name.
 * @param value its value; NaN means that there is none, and makes no row.
 * @param unit its unit.
 * @param over how iterations and forks are taken together.
 */
public record Figure(String label, double value, String unit, Over over) {
    /** How the values of several iterations become one. */
    public enum Over {
        /** Counts. */
        SUM(AggregationPolicy.SUM),
        /** Rates, times and shares. */
        MEAN(AggregationPolicy.AVG),
        /** Extremes. */
        MAX(AggregationPolicy.MAX);

        private final AggregationPolicy policy;

        Over(final AggregationPolicy policy) {
            this.policy = policy;
        }

        AggregationPolicy policy() {
            return policy;
        }
    }

    /**
     * A count.
     *
     * @param label its name.
     * @param value how many.
     * @return the row.
     */
    public static Figure count(final String label, final double value) {
        return new Figure(label, value, "#", Over.SUM);
    }

    /**
     * What is averaged.
     *
     * @param label its name.
     * @param value its value.
     * @param unit its unit.
     * @return the row.
     */
    public static Figure mean(final String label, final double value, final String unit) {
        return new Figure(label, value, unit, Over.MEAN);
    }
}
