package io.fizeau.results.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * How many times one side is the other, from values paired by round: fork i of both sides ran in the same round, so that what
 * slowed the machine for that round slowed both and cancels.
 *
 * <p>With d_i = ln(candidate_i / reference_i), i = 1..n, mean m and standard deviation s (divisor n - 1):
 *
 * <ul>
 *   <li>the ratio of the geometric means is exp(m);
 *   <li>its 95 % interval is exp(m ± t(0.975, n-1) · s / sqrt(n)), with t the quantile of Student's distribution;
 *   <li>the two-sided p-value is that of the one-sample t test of d against 0.
 * </ul>
 *
 * <p>Sources: Student, "The probable error of a mean", Biometrika 6 (1908), for the paired test; R. Jain, "The Art of Computer
 * Systems Performance Analysis" (1991), 13.4.1, for paired observations and their interval, and 12.6 for the geometric mean of
 * ratios. The logarithm makes the ratio symmetric (swapping the sides gives the inverse) and multiplicative noise additive.
 *
 * @param pairs n, the number of rounds in which both sides have a value.
 * @param ratio of the geometric means, candidate over reference; NaN without pairs.
 * @param low lower end of the 95 % interval; NaN below two pairs.
 * @param high upper end of the 95 % interval; NaN below two pairs.
 * @param pValue of the paired t test; NaN below two pairs.
 * @param wilcoxonP of Wilcoxon's signed-rank test, exact where there is neither a tie nor a zero difference, shown beside the t
 *     test and deciding nothing; NaN below two pairs.
 * @param sdLog s, the spread between rounds that is left after pairing; NaN below two pairs.
 */
public record PairedRatio(
        int pairs, double ratio, double low, double high, double pValue, double wilcoxonP, double sdLog) {
    /** The interval covers the true ratio in this share of the cases. */
    public static final double CONFIDENCE = 0.95;

    /**
     * Compares two sides. Pairs in which a value is absent (not finite, or not above 0) are left out.
     *
     * @param reference per-fork values of the reference, by round.
     * @param candidate those of the candidate, in the same order and number.
     * @return the ratio with what can be said about it.
     */
    public static PairedRatio of(final double[] reference, final double[] candidate) {
        if (reference.length != candidate.length) {
            throw new IllegalArgumentException("reference has " + reference.length + " values and candidate "
                    + candidate.length + ": pairs are needed");
        }
        final double[] logs = new double[reference.length];
        int n = 0;
        for (int i = 0; i < reference.length; i++) {
            if (usable(reference[i]) && usable(candidate[i])) {
                logs[n++] = Math.log(candidate[i] / reference[i]);
            }
        }
        return ofLogs(Arrays.copyOf(logs, n));
    }

    private static boolean usable(final double value) {
        return value > 0 && Double.isFinite(value);
    }

    private static PairedRatio ofLogs(final double[] logs) {
        final int n = logs.length;
        if (n == 0) {
            return new PairedRatio(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        final double mean = Arrays.stream(logs).sum() / n;
        if (n == 1) {
            return new PairedRatio(1, Math.exp(mean), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        final double squares =
                Arrays.stream(logs).map(d -> (d - mean) * (d - mean)).sum();
        final double sd = Math.sqrt(squares / (n - 1));
        if (sd < 1e-12) {
            // No spread at all, to rounding: Student's t is a division by zero here, and its limit is certainty.
            final boolean same = Math.abs(mean) < 1e-12;
            final double ratio = Math.exp(mean);
            return new PairedRatio(n, ratio, ratio, ratio, same ? 1 : 0, wilcoxon(logs), 0);
        }
        final double margin =
                TDistribution.of(n - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2) * sd / Math.sqrt(n);
        return new PairedRatio(
                n,
                Math.exp(mean),
                Math.exp(mean - margin),
                Math.exp(mean + margin),
                TTest.withDefaults().test(logs).getPValue(),
                wilcoxon(logs),
                sd);
    }

    /**
     * F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945). The library falls back to the
     * normal approximation where ties or zeros rule the exact distribution out.
     */
    private static double wilcoxon(final double[] logs) {
        if (Arrays.stream(logs).allMatch(d -> d == 0)) {
            return 1;
        }
        return WilcoxonSignedRankTest.withDefaults()
                .with(PValueMethod.EXACT)
                .test(logs)
                .getPValue();
    }

    /**
     * Says whether the whole interval lies within a margin around 1, the same on both sides as a factor: from 1 / (1 + margin)
     * to 1 + margin. With a 95 % interval this is stricter than two one-sided tests at 5 %, for which the 90 % interval would
     * do (D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987).
     *
     * @param margin for example 0.03.
     * @return true if every ratio that the data leave open is that close to 1.
     */
    public boolean isWithin(final double margin) {
        return low >= 1 / (1 + margin) && high <= 1 + margin;
    }

    /**
     * {@return the smallest relative difference that as many rounds with this spread would probably detect, see {@link
     * DetectableEffect}; NaN below two pairs}
     */
    public double detectableEffect() {
        return DetectableEffect.relative(sdLog, pairs);
    }
}
