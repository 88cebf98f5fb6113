package io.fizeau.results.compare;

import io.fizeau.results.metric.Measure;

/** The smallest value of a measure that counts. Stateless. */
public final class Resolution {
    /**
     * Fewer bytes per message than this are no allocation of its path but of something in the background, and a ratio of them would be
     * one of two durations: what is below counts as this.
     */
    public static final double LEAST_BYTES = 1;

    private static final String BYTES = "B/op";

    private Resolution() {}

    /**
     * {@return the value as a ratio takes it}
     *
     * @param measure what it is a value of.
     * @param value of one fork, in the measure's unit.
     */
    public static double counted(final Measure measure, final double value) {
        return measure.unit().equals(BYTES) && value < LEAST_BYTES ? LEAST_BYTES : value;
    }
}
