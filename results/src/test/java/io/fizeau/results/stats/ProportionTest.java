package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void shouldHaveTheIntervalOfClopperAndPearson() {
        // Closed forms: with no hit the upper end is 1 - 0.025^(1/n); with all hits the lower one is 0.025^(1/n).
        assertThat(new Proportion(0, 20).low()).isZero();
        assertThat(new Proportion(0, 20).high()).isCloseTo(1 - Math.pow(0.025, 1 / 20.0), within(1e-9));
        assertThat(new Proportion(5, 5).low()).isCloseTo(Math.pow(0.025, 1 / 5.0), within(1e-9));
        assertThat(new Proportion(5, 5).high()).isEqualTo(1);
        // The published example of 1 in 10: 0.25 % to 44.5 %.
        assertThat(new Proportion(1, 10).low()).isCloseTo(0.00253, within(1e-5));
        assertThat(new Proportion(1, 10).high()).isCloseTo(0.44502, within(1e-5));
    }

    @Test
    void shouldLeaveAllOpenWithoutTrials() {
        final Proportion none = new Proportion(0, 0);
        assertThat(none.share()).isNaN();
        assertThat(none.low()).isZero();
        assertThat(none.high()).isEqualTo(1);
    }

    @Test
    void shouldRefuseMoreHitsThanTrials() {
        assertThatThrownBy(() -> new Proportion(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
