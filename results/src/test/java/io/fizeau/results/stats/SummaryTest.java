package io.fizeau.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void shouldLeaveOutWhatIsNoNumber() {
        assertThat(Summary.of(3, Double.NaN, 1, Double.POSITIVE_INFINITY, 2)).isEqualTo(new Summary(3, 2, 1, 3));
    }

    @Test
    void shouldTakeTheMeanOfTheMiddleTwo() {
        assertThat(Summary.of(4, 1, 2, 10).median()).isEqualTo(3);
    }

    @Test
    void shouldBeAbsentWithoutValues() {
        assertThat(Summary.of(Double.NaN).isPresent()).isFalse();
        assertThat(Summary.of().median()).isNaN();
    }
}
