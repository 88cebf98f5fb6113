package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsNeededTest {
    private static final long SEED = 20_260_101;
    private static final int TRIALS = 4_000;
    private static final double EFFECT = 0.03;

    /** Cohen's d of 0.5 takes 34 pairs and of 0.8 15 pairs at power 0.80 and a two-sided 0.05, as G*Power and his tables have it. */
    @ParameterizedTest
    @CsvSource({"0.5, 34", "0.8, 15", "0.2, 199"})
    void shouldAgreeWithTheTablesOfThePairedTest(double standardised, int pairs) {
        assertThat(RoundsNeeded.of(Math.log1p(EFFECT) / standardised, EFFECT)).isCloseTo(pairs, within(1));
    }

    @Test
    void shouldBeTheFirstNumberThatIsEnough() {
        for (double sd = 0.005; sd < 0.4; sd *= 1.3) {
            int rounds = RoundsNeeded.of(sd, EFFECT);

            assertThat(DetectableEffect.relative(sd, rounds)).isLessThanOrEqualTo(EFFECT);
            assertThat(rounds == 2 ? Double.POSITIVE_INFINITY : DetectableEffect.relative(sd, rounds - 1))
                    .isGreaterThan(EFFECT);
        }
        assertThat(RoundsNeeded.of(0, EFFECT)).isEqualTo(2);
        assertThat(RoundsNeeded.of(1e9, EFFECT)).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.025, 0.04, 0.08, 0.15})
    void shouldGiveThePowerThatItPromises(double sd) {
        int rounds = RoundsNeeded.of(sd, EFFECT);
        Random random = new Random(SEED);
        int found = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] reference = new double[rounds];
            double[] candidate = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                reference[round] = 8_000 * Math.exp(0.1 * random.nextGaussian());
                candidate[round] = reference[round] * (1 + EFFECT) * Math.exp(sd * random.nextGaussian());
            }
            found += PairedRatio.of(reference, candidate).pValue() < DetectableEffect.SIGNIFICANCE ? 1 : 0;
        }

        assertThat((double) found / TRIALS)
                .as("%d rounds, seed %d", rounds, SEED)
                .isBetween(0.77, 0.83);
    }

    /** The quantiles of chi-square at 0.20 are 1.005, 2.343 and 5.380 for 3, 5 and 9 degrees of freedom (any table). */
    @ParameterizedTest
    @CsvSource({"4, 1.005", "6, 2.343", "10, 5.380"})
    void shouldBoundTheSpreadAsTheTablesHaveIt(int pairs, double quantile) {
        assertThat(RoundsNeeded.upperBound(0.05, pairs))
                .isCloseTo(0.05 * Math.sqrt((pairs - 1) / quantile), within(1e-4));
        assertThat(RoundsNeeded.upperBound(0.05, 1)).isNaN();
    }

    @Test
    void shouldChooseEnoughRoundsAfterFourOfFivePilots() {
        double sd = 0.06;
        int enough = RoundsNeeded.of(sd, EFFECT);
        Random random = new Random(SEED);
        int sufficient = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] logs = new double[4];
            double mean = 0;
            for (int i = 0; i < logs.length; i++) {
                logs[i] = sd * random.nextGaussian();
                mean += logs[i] / logs.length;
            }
            double squares = 0;
            for (double log : logs) {
                squares += (log - mean) * (log - mean);
            }
            double upper = RoundsNeeded.upperBound(Math.sqrt(squares / (logs.length - 1)), logs.length);
            sufficient += RoundsNeeded.of(upper, EFFECT) >= enough ? 1 : 0;
        }

        assertThat((double) sufficient / TRIALS).as("seed %d", SEED).isBetween(0.77, 0.83);
    }
}
