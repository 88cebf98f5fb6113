package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whether the statistics keep what they promise, on simulated runs with a known answer. The seed is fixed: a failure is a
 * change of the code, not bad luck. The bounds are several standard errors wide (0.5 % at 2000 trials near 5 %).
 */
class CalibrationTest {
    private static final long SEED = 20_260_101;
    private static final int TRIALS = 2000;

    /** How many of the trials found a difference, and in how many the interval covered the true ratio. */
    private record Outcome(double found, double covered) {}

    private static Outcome simulate(
            final int rounds, final double trueRatio, final double forkSd, final double roundSd, final boolean skewed) {
        final Random random = new Random(SEED);
        int found = 0;
        int covered = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            final double[] reference = new double[rounds];
            final double[] candidate = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                final double shared = 8000 * Math.exp(roundSd * random.nextGaussian());
                reference[round] = shared * Math.exp(forkSd * noise(random, skewed));
                candidate[round] = shared * trueRatio * Math.exp(forkSd * noise(random, skewed));
            }
            final PairedRatio ratio = PairedRatio.of(reference, candidate);
            found += ratio.pValue() < 0.05 ? 1 : 0;
            covered += ratio.low() <= trueRatio && trueRatio <= ratio.high() ? 1 : 0;
        }
        return new Outcome((double) found / TRIALS, (double) covered / TRIALS);
    }

    /** Standard deviation 1; skewed: mostly a little faster than the mean, now and then much slower. */
    private static double noise(final Random random, final boolean skewed) {
        return skewed ? -Math.log(1 - random.nextDouble()) - 1 : random.nextGaussian();
    }

    @Test
    void shouldFindADifferenceThatIsNotThereInAboutOneOfTwenty() {
        assertThat(simulate(6, 1, 0.05, 0, false).found()).as("seed %d", SEED).isBetween(0.035, 0.065);
        assertThat(simulate(10, 1, 0.05, 0.12, false).found())
                .as("seed %d", SEED)
                .isBetween(0.035, 0.065);
        assertThat(simulate(10, 1, 0.05, 0.12, true).found())
                .as("seed %d", SEED)
                .isBetween(0.025, 0.065);
    }

    @Test
    void shouldCoverTheTrueRatio() {
        assertThat(simulate(6, 0.8, 0.05, 0, false).covered())
                .as("seed %d", SEED)
                .isBetween(0.93, 0.97);
        assertThat(simulate(10, 1.1, 0.05, 0.12, false).covered())
                .as("seed %d", SEED)
                .isBetween(0.93, 0.97);
        assertThat(simulate(20, 1.1, 0.03, 0.5, false).covered())
                .as("seed %d", SEED)
                .isBetween(0.93, 0.97);
    }

    @Test
    void shouldFindATrueTenPercentAmongTenRoundsWhateverTheRoundsShare() {
        assertThat(simulate(10, 1.1, 0.05, 0, false).found())
                .as("seed %d", SEED)
                .isGreaterThan(0.95);
        assertThat(simulate(10, 1.1, 0.05, 0.12, false).found())
                .as("seed %d", SEED)
                .isGreaterThan(0.95);
        assertThat(simulate(10, 1.05, 0.03, 0.12, false).found())
                .as("seed %d", SEED)
                .isGreaterThan(0.85);
    }

    @Test
    void shouldFindTheDetectableEffectInFourOfFive() {
        final double forkSd = 0.05;
        for (final int rounds : new int[] {6, 10, 20}) {
            final double effect = DetectableEffect.relative(forkSd * Math.sqrt(2), rounds);
            assertThat(simulate(rounds, 1 + effect, forkSd, 0.12, false).found())
                    .as("seed %d, %d rounds", SEED, rounds)
                    .isBetween(0.76, 0.84);
        }
    }
}
