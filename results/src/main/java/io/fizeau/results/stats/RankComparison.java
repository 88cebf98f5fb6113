package io.fizeau.results.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * What the order of the values alone says, shown beside the t test and deciding nothing: it does not assume that the logarithms are
 * normal, and knows nothing of how large a difference is.
 *
 * <p>Sources: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945); H. B. Mann and D. R. Whitney, "On
 * a test of whether one of two random variables is stochastically larger than the other", Annals of Mathematical Statistics 18 (1947);
 * N. Cliff, "Dominance statistics: ordinal analyses to answer ordinal questions", Psychological Bulletin 114 (1993), for both deltas.
 *
 * @param pValue two-sided; exact where there is neither a tie nor a zero difference, else by the normal approximation; NaN without
 *     values on both sides.
 * @param cliffsDelta from -1 (every value of the candidate is smaller) to 1 (every one is larger). Unpaired over all pairs of one value
 *     of each side; paired over the pairs of the rounds. NaN without values on both sides.
 */
public record RankComparison(double pValue, double cliffsDelta) {
    private static final RankComparison NONE = new RankComparison(Double.NaN, Double.NaN);

    /**
     * {@return Wilcoxon's signed-rank test, and Cliff's delta within the pairs}
     *
     * @param base values of the base, by round.
     * @param candidate those of the candidate, in the same order and number; a pair in which one is not finite is left out.
     */
    public static RankComparison paired(final double[] base, final double[] candidate) {
        if (base.length != candidate.length) {
            throw new IllegalArgumentException(
                    "base has " + base.length + " values and candidate " + candidate.length + ": pairs are needed");
        }
        final double[] differences = new double[base.length];
        int n = 0;
        double dominance = 0;
        for (int i = 0; i < base.length; i++) {
            if (Double.isFinite(base[i]) && Double.isFinite(candidate[i])) {
                // Of a ratio's logarithm, as for the t test, where there is one.
                differences[n] =
                        base[i] > 0 && candidate[i] > 0 ? Math.log(candidate[i] / base[i]) : candidate[i] - base[i];
                dominance += Math.signum(differences[n++]);
            }
        }
        if (n == 0) {
            return NONE;
        }
        final double[] used = Arrays.copyOf(differences, n);
        final double p = Arrays.stream(used).allMatch(d -> d == 0)
                ? 1
                : WilcoxonSignedRankTest.withDefaults()
                        .with(PValueMethod.EXACT)
                        .test(used)
                        .getPValue();
        return new RankComparison(p, dominance / n);
    }

    /**
     * {@return the test of Mann and Whitney, and Cliff's delta}
     *
     * @param base values of the base; what is not finite is left out.
     * @param candidate values of the candidate, in any number.
     */
    public static RankComparison unpaired(final double[] base, final double[] candidate) {
        final double[] x = Arrays.stream(base).filter(Double::isFinite).toArray();
        final double[] y = Arrays.stream(candidate).filter(Double::isFinite).toArray();
        if (x.length == 0 || y.length == 0) {
            return NONE;
        }
        double dominance = 0;
        for (final double one : x) {
            for (final double other : y) {
                dominance += Math.signum(other - one);
            }
        }
        final boolean isAllTheSame =
                Arrays.stream(x).distinct().count() == 1 && Arrays.stream(y).allMatch(value -> value == x[0]);
        final double p = isAllTheSame
                ? 1
                : MannWhitneyUTest.withDefaults()
                        .with(PValueMethod.AUTO)
                        .test(y, x)
                        .getPValue();
        return new RankComparison(p, dominance / x.length / y.length);
    }
}
