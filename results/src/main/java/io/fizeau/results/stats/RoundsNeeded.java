package io.fizeau.results.stats;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How many rounds a paired comparison takes to find a difference of a given size, from what a pilot saw. Stateless. */
public final class RoundsNeeded {
    /** The confidence of the upper bound that stands in for the pilot's own spread. */
    public static final double CONFIDENCE = 0.80;

    /** Whoever needs more needs another machine. */
    private static final int MOST = 1_000_000;

    private RoundsNeeded() {}

    /**
     * The smallest n of which the {@linkplain DetectableEffect minimum detectable effect} is no larger than wanted: n &ge;
     * ((t(0.975, n-1) + t(0.80, n-1)) &middot; s / ln(1 + effect))&sup2;, solved upwards from the same with the normal quantiles,
     * which are smaller.
     *
     * <p>Source: the same as there; for solving it stepwise J. Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988).
     *
     * @param sdLog s, the standard deviation of the log ratios.
     * @param effect as a share: 0.03 is a ratio of 1.03.
     * @return at least 2 and at most a million.
     */
    public static int of(final double sdLog, final double effect) {
        final NormalDistribution normal = NormalDistribution.of(0, 1);
        final double quantiles = normal.inverseSurvivalProbability(DetectableEffect.SIGNIFICANCE / 2)
                + normal.inverseSurvivalProbability(1 - DetectableEffect.POWER);
        final double atLeast = Math.pow(quantiles * sdLog / Math.log1p(effect), 2);
        int rounds = (int) Math.max(2, Math.min(MOST, Math.ceil(atLeast)));
        while (rounds < MOST && DetectableEffect.relative(sdLog, rounds) > effect) {
            rounds++;
        }
        return rounds;
    }

    /**
     * An upper confidence bound of the true standard deviation: s &middot; sqrt((m-1) / &chi;&sup2;(0.20, m-1)). A pilot's own s is
     * too small more often than not, and a number of rounds that follows from it falls short of the power as often; with the bound
     * it does in one of five.
     *
     * <p>Source: R. H. Browne, "On the use of a pilot sample for sample size determination", Statistics in Medicine 14 (1995).
     *
     * @param sdLog s, of the pilot's log ratios.
     * @param pairs m, how many there were.
     * @return NaN below two pairs.
     */
    public static double upperBound(final double sdLog, final int pairs) {
        if (pairs < 2) {
            return Double.NaN;
        }
        final double quantile = ChiSquaredDistribution.of(pairs - 1).inverseCumulativeProbability(1 - CONFIDENCE);
        return sdLog * Math.sqrt((pairs - 1) / quantile);
    }
}
