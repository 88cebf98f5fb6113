package io.fizeau.results.stats.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EDivisiveTest {
    private static final ChangeSettings STANDARD = ChangeSettings.STANDARD;

    @Test
    void shouldFindAChangeInNoiseNoOftenerThanTheLevelSays() {
        final int series = 1_000;
        int found = 0;
        for (int i = 0; i < series; i++) {
            found += EDivisive.find(noise(new Random(i), 30, 0.05), STANDARD).isEmpty() ? 0 : 1;
        }
        // 5 %, and three standard deviations of a share of a thousand: 3 sqrt(0.05 0.95 / 1000) = 2.1 %.
        assertThat(found / (double) series).isCloseTo(0.05, within(0.021));
    }

    @Test
    void shouldFindAStepOfTenPercentInNoiseOfFiveAtItsPlace() {
        int found = 0;
        int near = 0;
        for (int seed = 0; seed < 100; seed++) {
            final double[] series = noise(new Random(seed), 60, 0.05);
            for (int i = 30; i < 60; i++) {
                series[i] *= 1.10;
            }
            final List<Change> changes = EDivisive.find(series, STANDARD);
            found += changes.isEmpty() ? 0 : 1;
            near += changes.stream().anyMatch(c -> Math.abs(c.index() - 30) <= 3) ? 1 : 0;
        }
        assertThat(found).isEqualTo(100);
        assertThat(near).isGreaterThanOrEqualTo(85);
    }

    @Test
    void shouldFindTwoChangesAndAChangeBack() {
        final double[] series = noise(new Random(3), 60, 0.02);
        for (int i = 20; i < 40; i++) {
            series[i] *= 1.2;
        }
        assertThat(EDivisive.find(series, STANDARD)).extracting(Change::index).containsExactly(20, 40);
    }

    @Test
    void shouldFindNothingInAConstantSeries() {
        final double[] series = new double[50];
        Arrays.fill(series, 8_310.5);
        assertThat(EDivisive.find(series, STANDARD)).isEmpty();
    }

    @Test
    void shouldFindAStepBetweenTies() {
        final double[] series = new double[20];
        Arrays.fill(series, 0, 10, 8_310);
        Arrays.fill(series, 10, 20, 8_320);
        assertThat(EDivisive.find(series, STANDARD)).extracting(Change::index).containsExactly(10);
        assertThat(EDivisive.find(series, STANDARD).get(0).pValue()).isEqualTo(1 / 200.0);
    }

    @Test
    void shouldNotTakeOneValueThatIsFarOffForAChange() {
        final double[] series = noise(new Random(5), 40, 0.03);
        series[17] *= 8;
        assertThat(EDivisive.find(series, STANDARD)).isEmpty();
    }

    @Test
    void shouldFindNothingInAShortSeriesAndRefuseWhatIsNoSeries() {
        assertThat(EDivisive.find(new double[0], STANDARD)).isEmpty();
        assertThat(EDivisive.find(new double[] {1, 1, 1, 2, 2, 2, 2}, STANDARD)).isEmpty();
        // Of 70 ways to choose four of eight places two show as much: 2.9 %.
        assertThat(EDivisive.find(new double[] {1, 1, 1, 1, 2, 2, 2, 2}, STANDARD))
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EDivisive.find(new double[] {1, Double.NaN}, STANDARD))
                .withMessage("a series holds a value that is not finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EDivisive.find(new double[1_001], STANDARD))
                .withMessage("1001 values are more than 1000");
    }

    @Test
    void shouldGiveTheSameAnswerTwice() {
        final double[] series = noise(new Random(11), 80, 0.05);
        for (int i = 50; i < 80; i++) {
            series[i] *= 1.06;
        }
        assertThat(EDivisive.find(series, STANDARD)).isNotEmpty().isEqualTo(EDivisive.find(series.clone(), STANDARD));
    }

    @Test
    void shouldTakeAsManyPermutationsAsTheLevelNeeds() {
        assertThat(STANDARD.permutations()).isEqualTo(199);
        assertThat(STANDARD.withLevel(0.01).permutations()).isEqualTo(999);
        assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withLevel(0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChangeSettings(0.05, 1, 0));
    }

    private static double[] noise(final Random random, final int length, final double spread) {
        final double[] series = new double[length];
        for (int i = 0; i < length; i++) {
            series[i] = 10_000 * Math.exp(spread * random.nextGaussian());
        }
        return series;
    }
}
