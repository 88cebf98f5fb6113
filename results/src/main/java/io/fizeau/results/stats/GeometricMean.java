package io.fizeau.results.stats;

import java.util.Arrays;

/** The mean of ratios: exp of the mean of the logarithms. Stateless. */
public final class GeometricMean {
    private GeometricMean() {}

    /**
     * {@return their geometric mean; NaN without one}
     *
     * @param values what is not finite or not above 0 is left out.
     */
    public static double of(final double... values) {
        return Math.exp(Arrays.stream(values)
                .filter(value -> value > 0 && Double.isFinite(value))
                .map(Math::log)
                .average()
                .orElse(Double.NaN));
    }
}
