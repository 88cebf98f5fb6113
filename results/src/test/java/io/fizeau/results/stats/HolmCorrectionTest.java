package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmCorrectionTest {
    @Test
    void shouldAgreeWithAKnownExample() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        assertThat(HolmCorrection.adjust(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    }

    @Test
    void shouldNotExceedOneNorCountWhatIsNoTest() {
        assertThat(HolmCorrection.adjust(0.9, Double.NaN, 0.8)).containsExactly(1.0, Double.NaN, 1.0);
        assertThat(HolmCorrection.adjust(0.02)).containsExactly(0.02);
        assertThat(HolmCorrection.adjust()).isEmpty();
    }
}
