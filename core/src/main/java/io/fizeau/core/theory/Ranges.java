package io.fizeau.core.theory;

import io.fizeau.core.error.TransportException;

/** Checks what goes into a formula. */
final class Ranges {
    private Ranges() {}

    /** A probability from 0 to 1. */
    static void probability(final String name, final double value) {
        within(name, value, 0, 1);
    }

    /** A number of at least so much, and finite. */
    static void atLeast(final String name, final double value, final double min) {
        within(name, value, min, Double.MAX_VALUE);
    }

    /** A number within limits; NaN never is. */
    static void within(final String name, final double value, final double min, final double max) {
        if (!(value >= min && value <= max)) {
            throw TransportException.badRequest(name + "=" + value + " must be "
                    + (max == Double.MAX_VALUE ? "at least " + min : "from " + min + " to " + max));
        }
    }
}
