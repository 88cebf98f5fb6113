package io.fizeau.results.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/** The smallest difference a comparison would probably find. Stateless. */
public final class DetectableEffect {
    /** The share of experiments that would find it. */
    public static final double POWER = 0.80;
    /** The share of experiments without a difference that would find one all the same. */
    public static final double SIGNIFICANCE = 0.05;

    private DetectableEffect() {}

    /**
     * The minimum detectable effect of the paired t test: exp((t(0.975, n-1) + t(0.80, n-1)) · s / sqrt(n)) - 1.
     *
     * <p>Source: H. S. Bloom, "Minimum detectable effects: a simple way to report the statistical power of experimental
     * designs", Evaluation Review 19 (1995). The sum of two central t quantiles stands in for the quantile of the noncentral t
     * distribution; from six pairs up the two differ by less than a twentieth.
     *
     * @param sdLog s, the standard deviation of the log ratios.
     * @param pairs n.
     * @return the effect as a share of the smaller side: 0.05 is 5 %; NaN below two pairs.
     */
    public static double relative(final double sdLog, final int pairs) {
        return pairs < 2 ? Double.NaN : ofError(sdLog / Math.sqrt(pairs), pairs - 1);
    }

    /**
     * The same for any t test: exp((t(0.975, &nu;) + t(0.80, &nu;)) &middot; e) - 1.
     *
     * @param standardError e, of the logarithm of the ratio.
     * @param degreesOfFreedom &nu;.
     * @return the effect as a share of the smaller side; NaN without a standard error.
     */
    public static double ofError(final double standardError, final double degreesOfFreedom) {
        if (Double.isNaN(standardError) || !(degreesOfFreedom > 0)) {
            return Double.NaN;
        }
        final TDistribution t = TDistribution.of(degreesOfFreedom);
        final double quantiles =
                t.inverseSurvivalProbability(SIGNIFICANCE / 2) + t.inverseSurvivalProbability(1 - POWER);
        return Math.expm1(quantiles * standardError);
    }
}
