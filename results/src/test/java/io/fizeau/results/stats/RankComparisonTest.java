package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankComparisonTest {
    @Test
    void shouldBeExactForSmallSamples() {
        // All of 5 above all of 4: two of the choose(9, 4) = 126 orders are as extreme.
        final RankComparison apart = RankComparison.unpaired(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8, 9});
        assertThat(apart.pValue()).isCloseTo(2.0 / 126, within(1e-12));
        assertThat(apart.cliffsDelta()).isEqualTo(1);
        // All six rounds slower: two of the 64 signs.
        final RankComparison paired =
                RankComparison.paired(new double[] {1, 2, 3, 4, 5, 6}, new double[] {2, 4.1, 6.3, 8.6, 11, 13.8});
        assertThat(paired.pValue()).isCloseTo(2.0 / 64, within(1e-12));
        assertThat(paired.cliffsDelta()).isEqualTo(1);
    }

    @Test
    void shouldCountHowOftenOneSideIsAboveTheOther() {
        final RankComparison mixed = RankComparison.unpaired(new double[] {1, 3}, new double[] {2, 3});
        // 2 > 1, 3 > 1, 2 < 3, 3 = 3.
        assertThat(mixed.cliffsDelta()).isCloseTo((1 + 1 - 1 + 0) / 4.0, within(1e-12));
        final RankComparison paired =
                RankComparison.paired(new double[] {1, 2, 3, Double.NaN}, new double[] {2, 1, 3, 4});
        assertThat(paired.cliffsDelta()).isZero();
    }

    @Test
    void shouldSeeNothingWhereAllIsTheSame() {
        assertThat(RankComparison.unpaired(new double[] {2, 2}, new double[] {2, 2, 2}))
                .isEqualTo(new RankComparison(1, 0));
        assertThat(RankComparison.paired(new double[] {2, 2}, new double[] {2, 2}))
                .isEqualTo(new RankComparison(1, 0));
    }

    @Test
    void shouldSayNothingWithoutValues() {
        assertThat(RankComparison.unpaired(new double[] {}, new double[] {1}).pValue())
                .isNaN();
        assertThat(RankComparison.paired(new double[] {}, new double[] {}).cliffsDelta())
                .isNaN();
    }
}
