package io.fizeau.results.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How many of a number of independent trials hit, and what share that makes.
 *
 * @param hits k, from 0 to n.
 * @param trials n; 0 if none was made.
 */
public record Proportion(int hits, int trials) {
    private static final double TAIL = 0.025;

    /** Throws unless there are as many trials as hits. */
    public Proportion {
        if (hits < 0 || trials < hits) {
            throw new IllegalArgumentException(hits + " of " + trials + ": it takes 0 <= hits <= trials");
        }
    }

    /** {@return k / n, NaN without trials} */
    public double share() {
        return trials == 0 ? Double.NaN : (double) hits / trials;
    }

    /**
     * The lower end of the 95 % interval: the quantile of 0.025 of the beta distribution with k and n - k + 1, and 0 for no hit.
     *
     * <p>Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
     * Biometrika 26 (1934). It covers the true share in at least 95 % of cases, with few trials in more.
     *
     * @return from 0 to the share; 0 without trials.
     */
    public double low() {
        return hits == 0 ? 0 : BetaDistribution.of(hits, trials - hits + 1.0).inverseCumulativeProbability(TAIL);
    }

    /** {@return the upper end: the quantile of 0.975 with k + 1 and n - k, and 1 where all hit or none was made} */
    public double high() {
        return hits == trials
                ? 1
                : BetaDistribution.of(hits + 1.0, trials - hits).inverseSurvivalProbability(TAIL);
    }
}
