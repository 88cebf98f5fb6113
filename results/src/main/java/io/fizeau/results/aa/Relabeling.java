package io.fizeau.results.aa;

import io.fizeau.results.compare.ComparisonVerdict;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Swaps the sides of rounds at random, which changes nothing where both are the same, and counts how often the paired t test finds a
 * difference. Up to {@value #EXHAUSTIVE_ROUNDS} rounds all swaps are tried, otherwise {@value #RELABELINGS} seeded ones.
 *
 * <p>Source: R. A. Fisher, "The Design of Experiments" (1935), section 21, for the swaps; B. Efron, "Bootstrap methods: another look at
 * the jackknife", Annals of Statistics 7 (1979), for the interval. Swapping keeps the shape of the differences and loses their order
 * in time. Stateless.
 */
final class Relabeling {
    /** How many relabelings there are where not all are tried. */
    static final int RELABELINGS = 10_000;
    /** All swaps of so many rounds are fewer than {@link #RELABELINGS}. */
    static final int EXHAUSTIVE_ROUNDS = 13;

    private static final int BOOTSTRAPS = 200;
    private static final int RELABELINGS_OF_A_BOOTSTRAP = 500;

    private Relabeling() {}

    /** The share of relabelings with p below 0.05; NaN below two rounds. */
    static double share(final double[] logRatios, final SplittableRandom random) {
        final int n = logRatios.length;
        if (n < 2) {
            return Double.NaN;
        }
        if (n > EXHAUSTIVE_ROUNDS) {
            return sampledShare(logRatios, RELABELINGS, random);
        }
        final double critical = critical(n);
        int found = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            found += isFound(logRatios, signs, critical) ? 1 : 0;
        }
        return (double) found / (1 << n);
    }

    private static double sampledShare(final double[] logRatios, final int times, final SplittableRandom random) {
        final double critical = critical(logRatios.length);
        int found = 0;
        for (int i = 0; i < times; i++) {
            double sum = 0;
            double squares = 0;
            long signs = 0;
            for (int at = 0; at < logRatios.length; at++) {
                signs = at % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
                sum += (signs & 1) == 0 ? logRatios[at] : -logRatios[at];
                squares += logRatios[at] * logRatios[at];
            }
            found += isFound(logRatios.length, sum, squares, critical) ? 1 : 0;
        }
        return (double) found / times;
    }

    /** The ends of the 95 % percentile interval of the mean share over rows, from rounds drawn with replacement. */
    static double[] interval(final double[][] logRatiosOfRows, final SplittableRandom random) {
        final double[] shares = new double[BOOTSTRAPS];
        for (int b = 0; b < BOOTSTRAPS; b++) {
            double sum = 0;
            for (final double[] original : logRatiosOfRows) {
                final double[] drawn = new double[original.length];
                Arrays.setAll(drawn, i -> original[random.nextInt(original.length)]);
                sum += sampledShare(drawn, RELABELINGS_OF_A_BOOTSTRAP, random);
            }
            shares[b] = sum / logRatiosOfRows.length;
        }
        Arrays.sort(shares);
        return new double[] {shares[(int) (0.025 * BOOTSTRAPS)], shares[(int) (0.975 * BOOTSTRAPS)]};
    }

    private static double critical(final int n) {
        return TDistribution.of(n - 1.0).inverseSurvivalProbability(ComparisonVerdict.SIGNIFICANCE / 2);
    }

    private static boolean isFound(final double[] logRatios, final int signs, final double critical) {
        double sum = 0;
        double squares = 0;
        for (int at = 0; at < logRatios.length; at++) {
            sum += (signs >> at & 1) == 0 ? logRatios[at] : -logRatios[at];
            squares += logRatios[at] * logRatios[at];
        }
        return isFound(logRatios.length, sum, squares, critical);
    }

    /** Whether |t| passes the critical value, without its division: no spread and no difference is none. */
    private static boolean isFound(final int n, final double sum, final double squares, final double critical) {
        final double variance = Math.max(0, (squares - sum * sum / n) / (n - 1));
        return Math.abs(sum) / n > critical * Math.sqrt(variance / n);
    }
}
