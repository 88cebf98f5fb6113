package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
    /** Student's own data of 1908: hours of sleep gained with two drugs, ten patients. */
    private static final double[] DRUG_1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] DRUG_2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void shouldAgreeWithStudentsPairedExample() {
        // The logarithms of exp(x) differ as the data do: mean 1.58, t = 4.0621, p = 0.002833, interval 0.7001 to
        // 2.4599
        // (R: t.test(extra ~ group, data = sleep, paired = TRUE)).
        final PairedRatio ratio = PairedRatio.of(exp(DRUG_1), exp(DRUG_2));
        assertThat(ratio.pairs()).isEqualTo(10);
        assertThat(Math.log(ratio.ratio())).isCloseTo(1.58, within(1e-9));
        assertThat(Math.log(ratio.low())).isCloseTo(0.7001142, within(1e-6));
        assertThat(Math.log(ratio.high())).isCloseTo(2.4598858, within(1e-6));
        assertThat(ratio.pValue()).isCloseTo(0.002833, within(1e-6));
        assertThat(ratio.sdLog()).isCloseTo(1.229995, within(1e-6));
    }

    @Test
    void shouldGiveTheExactWilcoxonProbability() {
        // Six differences of one sign: 2 / 2^6.
        final double[] candidate = {1.01, 1.02, 1.03, 1.04, 1.05, 1.06};
        assertThat(PairedRatio.of(ones(6), candidate).wilcoxonP()).isCloseTo(0.03125, within(1e-12));
    }

    @Test
    void shouldGiveTheInverseWhenTheSidesAreSwapped() {
        final double[] a = {8.0, 8.4, 9.1, 7.7, 8.0, 8.8};
        final double[] b = {7.0, 7.5, 8.6, 6.4, 7.3, 7.9};
        final PairedRatio there = PairedRatio.of(a, b);
        final PairedRatio back = PairedRatio.of(b, a);
        assertThat(back.ratio()).isCloseTo(1 / there.ratio(), within(1e-12));
        assertThat(back.low()).isCloseTo(1 / there.high(), within(1e-12));
        assertThat(back.pValue()).isCloseTo(there.pValue(), within(1e-12));
    }

    @Test
    void shouldNotSeeWhatSlowedWholeRounds() {
        final double[] a = {8.0, 80.0, 800.0, 8.0, 16.0, 8.0};
        final double[] b = Arrays.stream(a).map(x -> x * 1.1).toArray();
        final PairedRatio ratio = PairedRatio.of(a, b);
        assertThat(ratio.ratio()).isCloseTo(1.1, within(1e-9));
        assertThat(ratio.low()).isCloseTo(1.1, within(1e-6));
        assertThat(ratio.pValue()).isLessThan(1e-6);
    }

    @Test
    void shouldLeaveOutPairsInWhichAValueIsAbsent() {
        final double[] a = {1, 2, Double.NaN, 4, 5};
        final double[] b = {2, 0, 6, Double.POSITIVE_INFINITY, 10};
        final PairedRatio ratio = PairedRatio.of(a, b);
        assertThat(ratio.pairs()).isEqualTo(2);
        assertThat(ratio.ratio()).isCloseTo(2, within(1e-12));
    }

    @Test
    void shouldSayNoMoreThanTheRatioOfASinglePair() {
        final PairedRatio one = PairedRatio.of(new double[] {2}, new double[] {3});
        assertThat(one.ratio()).isCloseTo(1.5, within(1e-12));
        assertThat(one.low()).isNaN();
        assertThat(one.pValue()).isNaN();
        assertThat(one.detectableEffect()).isNaN();
        final PairedRatio none = PairedRatio.of(new double[0], new double[0]);
        assertThat(none.pairs()).isZero();
        assertThat(none.ratio()).isNaN();
    }

    @Test
    void shouldBeCertainWhereNothingVaries() {
        final PairedRatio same = PairedRatio.of(ones(6), ones(6));
        assertThat(same.pValue()).isEqualTo(1);
        assertThat(same.wilcoxonP()).isEqualTo(1);
        assertThat(same.isWithin(0.03)).isTrue();
        final PairedRatio twice =
                PairedRatio.of(ones(6), Arrays.stream(ones(6)).map(x -> 2).toArray());
        assertThat(twice.pValue()).isZero();
        assertThat(twice.low()).isEqualTo(2);
    }

    @Test
    void shouldBeWithinAMarginOnlyAsAWhole() {
        final PairedRatio narrow = new PairedRatio(6, 1.0, 0.972, 1.029, 0.9, 0.9, 0.01);
        assertThat(narrow.isWithin(0.03)).isTrue();
        assertThat(new PairedRatio(6, 1.0, 0.970, 1.029, 0.9, 0.9, 0.01).isWithin(0.03))
                .isFalse();
        assertThat(new PairedRatio(6, 1.0, 0.98, 1.031, 0.9, 0.9, 0.01).isWithin(0.03))
                .isFalse();
        assertThat(PairedRatio.of(new double[] {1}, new double[] {1}).isWithin(0.03))
                .isFalse();
    }

    @Test
    void shouldRefuseSidesOfDifferentLength() {
        assertThatThrownBy(() -> PairedRatio.of(ones(2), ones(3))).hasMessageContaining("pairs are needed");
    }

    private static double[] ones(final int count) {
        final double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] exp(final double[] values) {
        return Arrays.stream(values).map(Math::exp).toArray();
    }
}
