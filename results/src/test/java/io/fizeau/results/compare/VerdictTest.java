package io.fizeau.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.stats.PairedRatio;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void shouldCallADifferenceThatIsSureFasterOrSlower() {
        assertThat(verdict(6, 0.9, 0.85, 0.95, 0.01)).isEqualTo(Verdict.FASTER);
        assertThat(verdict(6, 1.1, 1.05, 1.15, 0.01)).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void shouldNotCallWhatIsMerelyNotSignificantEquivalent() {
        assertThat(verdict(6, 1.0, 0.9, 1.1, 0.9)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(6, 1.01, 0.98, 1.04, 0.4)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void shouldCallASureButTooSmallDifferenceEquivalent() {
        assertThat(verdict(20, 1.01, 1.005, 1.015, 1e-6)).isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void shouldLetHolmTakeAVerdictBack() {
        assertThat(verdict(6, 0.9, 0.82, 0.99, 0.06)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void shouldGiveNoVerdictBelowSixForks() {
        assertThat(verdict(5, 0.5, 0.49, 0.51, 1e-9)).isEqualTo(Verdict.NO_VERDICT);
        assertThat(verdict(5, 1, 0.999, 1.001, 0.9)).isEqualTo(Verdict.NO_VERDICT);
    }

    private static Verdict verdict(
            final int pairs, final double ratio, final double low, final double high, final double holmP) {
        return Verdict.of(new PairedRatio(pairs, ratio, low, high, 0.01, 0.03, 0.05), holmP, 0.03);
    }
}
