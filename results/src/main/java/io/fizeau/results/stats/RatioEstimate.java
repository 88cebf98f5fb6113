package io.fizeau.results.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.TTest;

/**
 * How many times the candidate is the base: the ratio of their geometric means with a 95 % interval, from values paired by round or
 * from two groups that have nothing in common.
 *
 * <p>With logarithms throughout, a point estimate m, its standard error e and &nu; degrees of freedom, the ratio is exp(m) and the
 * interval exp(m &plusmn; t(0.975, &nu;) &middot; e).
 *
 * @param isPaired whether value i of both sides belong together.
 * @param baseCount how many values of the base went into it; the same as {@code candidateCount} where paired.
 * @param candidateCount how many of the candidate.
 * @param ratio candidate over base; NaN where a side has no value.
 * @param low lower end of the 95 % interval; NaN below two values a side.
 * @param high upper end of the 95 % interval; NaN below two values a side.
 * @param pValue of the two-sided t test of m against 0; NaN below two values a side.
 * @param standardError e, of the logarithm of the ratio; NaN below two values a side.
 * @param degreesOfFreedom &nu;; NaN below two values a side.
 */
public record RatioEstimate(
        boolean isPaired,
        int baseCount,
        int candidateCount,
        double ratio,
        double low,
        double high,
        double pValue,
        double standardError,
        double degreesOfFreedom) {
    /** Spread below this share is rounding. */
    private static final double ROUNDING = 1e-12;

    /**
     * {@return the ratio of values that are paired by round, see {@link PairedRatio}}
     *
     * @param base per-fork values of the base, by round.
     * @param candidate those of the candidate, in the same order and number; a pair in which one is not finite or not above 0 is left
     *     out.
     */
    public static RatioEstimate paired(final double[] base, final double[] candidate) {
        final PairedRatio paired = PairedRatio.of(base, candidate);
        final int n = paired.pairs();
        return new RatioEstimate(
                true,
                n,
                n,
                paired.ratio(),
                paired.low(),
                paired.high(),
                paired.pValue(),
                paired.sdLog() / Math.sqrt(n),
                n < 2 ? Double.NaN : n - 1);
    }

    /**
     * The ratio of two groups that are independent of each other, by Welch's t test on the logarithms: e&sup2; = s&sup2;/n of the one
     * plus s&sup2;/n of the other, and &nu; by Satterthwaite's formula, so that the groups may differ in size and in spread.
     *
     * <p>Source: B. L. Welch, "The generalization of 'Student's' problem when several different population variances are involved",
     * Biometrika 34 (1947).
     *
     * @param base values of the base; one that is not finite or not above 0 is left out.
     * @param candidate values of the candidate, in any number.
     * @return the ratio with what can be said about it.
     */
    public static RatioEstimate unpaired(final double[] base, final double[] candidate) {
        final double[] x = logs(base);
        final double[] y = logs(candidate);
        final double meanLog = mean(y) - mean(x);
        if (x.length < 2 || y.length < 2) {
            return new RatioEstimate(
                    false,
                    x.length,
                    y.length,
                    Math.exp(meanLog),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN);
        }
        final double error = Math.sqrt(variance(x) / x.length + variance(y) / y.length);
        if (error < ROUNDING) {
            // No spread at all, to rounding: Student's t is a division by zero here, and its limit is certainty.
            final double ratio = Math.exp(meanLog);
            final double p = Math.abs(meanLog) < ROUNDING ? 1 : 0;
            return new RatioEstimate(false, x.length, y.length, ratio, ratio, ratio, p, 0, x.length + y.length - 2.0);
        }
        final TTest.Result test = TTest.withDefaults().test(y, x);
        final double freedom = test.getDegreesOfFreedom();
        final double margin =
                TDistribution.of(freedom).inverseSurvivalProbability((1 - PairedRatio.CONFIDENCE) / 2) * error;
        return new RatioEstimate(
                false,
                x.length,
                y.length,
                Math.exp(meanLog),
                Math.exp(meanLog - margin),
                Math.exp(meanLog + margin),
                test.getPValue(),
                error,
                freedom);
    }

    private static double[] logs(final double[] values) {
        return Arrays.stream(values)
                .filter(value -> value > 0 && Double.isFinite(value))
                .map(Math::log)
                .toArray();
    }

    private static double mean(final double[] values) {
        return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    }

    private static double variance(final double[] values) {
        final double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }

    /**
     * Says whether the whole interval lies within a margin around 1, the same on both sides as a factor: from 1 / (1 + margin) to
     * 1 + margin.
     *
     * @param margin for example 0.03.
     * @return true if every ratio that the data leave open is that close to 1; false without an interval.
     */
    public boolean isWithin(final double margin) {
        return low >= 1 / (1 + margin) && high <= 1 + margin;
    }

    /**
     * {@return the smallest relative difference that as many values with this spread would probably find, see {@link
     * DetectableEffect}; NaN below two values a side}
     */
    public double detectableEffect() {
        return DetectableEffect.ofError(standardError, degreesOfFreedom);
    }
}
