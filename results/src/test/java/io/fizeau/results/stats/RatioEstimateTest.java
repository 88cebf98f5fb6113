package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioEstimateTest {
    private static double[] exp(final double... logs) {
        final double[] values = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            values[i] = Math.exp(logs[i]);
        }
        return values;
    }

    @Test
    void shouldFollowWelchAndSatterthwaite() {
        final RatioEstimate ratio = RatioEstimate.unpaired(exp(1.0, 1.2, 1.1), exp(1.1, 1.3, 1.2, 1.5));
        assertThat(Math.log(ratio.ratio())).isCloseTo(0.175, within(1e-12));
        // By hand: variances 0.0291667 / 4 and 0.01 / 3.
        final double error = Math.sqrt(0.0291666666666667 / 4 + 0.01 / 3);
        assertThat(ratio.standardError()).isCloseTo(error, within(1e-12));
        final double freedom =
                Math.pow(error, 4) / (Math.pow(0.0291666666666667 / 4, 2) / 3 + Math.pow(0.01 / 3, 2) / 2);
        assertThat(ratio.degreesOfFreedom()).isCloseTo(freedom, within(1e-9));
        assertThat(ratio.baseCount()).isEqualTo(3);
        assertThat(ratio.candidateCount()).isEqualTo(4);
    }

    @Test
    void shouldHaveAnIntervalThatEndsAtOneExactlyWherePIsFivePercent() {
        final RatioEstimate wide = RatioEstimate.unpaired(exp(0, 0.1, 0.2), exp(0.1, 0.2, 0.3));
        assertThat(wide.low() < 1).isEqualTo(wide.pValue() > 0.05);
        final RatioEstimate narrow = RatioEstimate.unpaired(exp(0, 0.01, 0.02), exp(0.1, 0.11, 0.12));
        assertThat(narrow.low()).isGreaterThan(1);
        assertThat(narrow.pValue()).isLessThan(0.05);
    }

    @Test
    void shouldGiveTheInverseWhenTheSidesAreSwapped() {
        final RatioEstimate one = RatioEstimate.unpaired(exp(0, 0.1, 0.2), exp(0.3, 0.5, 0.4, 0.7));
        final RatioEstimate other = RatioEstimate.unpaired(exp(0.3, 0.5, 0.4, 0.7), exp(0, 0.1, 0.2));
        assertThat(one.ratio() * other.ratio()).isCloseTo(1, within(1e-12));
        assertThat(one.low() * other.high()).isCloseTo(1, within(1e-12));
        assertThat(one.pValue()).isCloseTo(other.pValue(), within(1e-12));
    }

    @Test
    void shouldBeCertainWithoutAnySpread() {
        assertThat(RatioEstimate.unpaired(new double[] {2, 2}, new double[] {2, 2})
                        .pValue())
                .isEqualTo(1);
        final RatioEstimate twice = RatioEstimate.unpaired(new double[] {2, 2}, new double[] {4, 4});
        assertThat(twice.pValue()).isZero();
        assertThat(twice.low()).isEqualTo(2);
    }

    @Test
    void shouldHaveNoIntervalFromASingleValue() {
        final RatioEstimate ratio = RatioEstimate.unpaired(new double[] {2}, new double[] {4, 5, Double.NaN, 0});
        assertThat(ratio.candidateCount()).isEqualTo(2);
        assertThat(ratio.ratio()).isCloseTo(Math.sqrt(20) / 2, within(1e-12));
        assertThat(ratio.low()).isNaN();
        assertThat(ratio.isWithin(10)).isFalse();
        assertThat(ratio.detectableEffect()).isNaN();
    }

    @Test
    void shouldDetectAsMuchPairedAsTheSpreadOfThePairsSays() {
        final RatioEstimate ratio = RatioEstimate.paired(exp(0, 0, 0, 0), exp(0.1, 0.2, 0.1, 0.2));
        assertThat(ratio.detectableEffect())
                .isCloseTo(DetectableEffect.relative(Math.sqrt(0.01 / 3), 4), within(1e-12));
    }
}
