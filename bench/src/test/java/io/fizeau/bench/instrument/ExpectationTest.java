package io.fizeau.bench.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
    @ParameterizedTest
    @CsvSource({"76.9, OFF", "77, OK", "80, OK", "83, OK", "83.1, OFF", "NaN, OFF", "Infinity, OFF"})
    void shouldAllowAnAmountEitherWay(final double measured, final Verdict verdict) {
        final Outcome outcome = Expectation.within(80, 3, "ms").judge("stall", "open p90", measured, "");
        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.expected()).isEqualTo("80 ms");
        assertThat(outcome.tolerance()).isEqualTo("+-3 ms");
    }

    @ParameterizedTest
    @CsvSource({"1.42, OFF", "1.43, OK", "1.57, OK", "1.58, OFF"})
    void shouldAllowAShareEitherWay(final double measured, final Verdict verdict) {
        final Outcome outcome = Expectation.withinPercent(1.5, 5, "ms").judge("e", "mean", measured, "");
        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.tolerance()).isEqualTo("+-5 %");
    }

    @ParameterizedTest
    @CsvSource({"1.93, OFF", "1.95, OK", "2.05, OK", "2.12, OK", "2.15, OFF"})
    void shouldAllowAShareBeyondBothEndsOfARange(final double measured, final Verdict verdict) {
        final Outcome outcome =
                Expectation.betweenWithPercent(2.0, 2.08, 3, "ms").judge("e", "mean", measured, "");
        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.expected()).isEqualTo("2 to 2.08 ms");
    }

    @Test
    void shouldShowFourDigits() {
        assertThat(Expectation.text(198.76543, "ms")).isEqualTo("198.8 ms");
        assertThat(Expectation.text(0.0012345678, "")).isEqualTo("0.001235");
        assertThat(Expectation.text(123_456, "/s")).isEqualTo("123500 /s");
        assertThat(Expectation.text(0, "us")).isEqualTo("0 us");
        assertThat(Expectation.text(Double.NaN, "us")).isEqualTo("none us");
    }
}
