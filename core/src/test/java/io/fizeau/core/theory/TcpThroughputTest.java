package io.fizeau.core.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.error.TransportException;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpThroughputTest {
    private static final double MS = 1e6;
    private static final double UNLIMITED = 1e12;

    /** At p = 1 % a window of sqrt(150) = 12.25 segments. */
    @Test
    void shouldGiveTheWindowOfMathis() {
        assertThat(TcpThroughput.mathis(100 * MS, 0.01)).isCloseTo(122.474487, within(1e-6));
        assertThat(TcpThroughput.mathis(20 * MS, 0)).isInfinite();
        final double slope = Math.log(TcpThroughput.mathis(20 * MS, 0.01) / TcpThroughput.mathis(20 * MS, 0.0005))
                / Math.log(0.01 / 0.0005);
        assertThat(slope).isCloseTo(-0.5, within(1e-12));
    }

    /** Worked out apart from this code, by the formula as it is printed. */
    @ParameterizedTest
    @CsvSource({
        "100, 1000, 2, 1e9, 0.01, 69.52446319632857",
        "100, 1000, 2, 1e9, 0.1, 9.105989397415987",
        "20, 200, 1, 1e9, 0.01, 494.1456028468311",
        "100, 1000, 2, 8, 0.01, 52.43310427671577",
        "470, 3200, 2, 12, 0.02, 9.81739416829912"
    })
    void shouldGiveThePftkModel(
            final double rttMs,
            final double timeoutMs,
            final double b,
            final double window,
            final double p,
            final double rate) {
        assertThat(TcpThroughput.pftk(rttMs * MS, timeoutMs * MS, b, window, p))
                .isCloseTo(rate, Percentage.withPercentage(1e-6));
    }

    @Test
    void shouldApproachMathisWhereLossIsRare() {
        final double p = 1e-8;
        assertThat(TcpThroughput.pftk(100 * MS, 200 * MS, 1, UNLIMITED, p))
                .isCloseTo(TcpThroughput.mathis(100 * MS, p), Percentage.withPercentage(0.1));
        assertThat(TcpThroughput.pftkApproximation(100 * MS, 200 * MS, 1, p))
                .isCloseTo(TcpThroughput.mathis(100 * MS, p), Percentage.withPercentage(0.1));
        assertThat(TcpThroughput.pftk(100 * MS, 200 * MS, 2, UNLIMITED, p))
                .as("delayed acknowledgements cost the root of two")
                .isCloseTo(TcpThroughput.mathis(100 * MS, p) / Math.sqrt(2), Percentage.withPercentage(0.1));
    }

    @Test
    void shouldFallWithLossAndStayBelowMathisAndTheWindow() {
        double before = Double.MAX_VALUE;
        for (double p = 1e-6; p < 0.9; p *= 1.3) {
            final double rate = TcpThroughput.pftk(20 * MS, 200 * MS, 1, 64, p);
            assertThat(rate).as("p = %f", p).isLessThan(before).isLessThanOrEqualTo(64 / 0.020);
            before = rate;
        }
        assertThat(TcpThroughput.pftk(20 * MS, 200 * MS, 1, 64, 0)).isEqualTo(3_200);
        assertThat(TcpThroughput.pftk(20 * MS, 200 * MS, 1, 64, 1e-9)).isCloseTo(3_200, within(1.0));
        assertThat(TcpThroughput.pftk(20 * MS, 200 * MS, 1, UNLIMITED, 0.2))
                .as("time-outs rule")
                .isLessThan(TcpThroughput.mathis(20 * MS, 0.2) / 3);
    }

    @Test
    void shouldGiveTheApproximationOfRfc5348() {
        assertThat(TcpThroughput.pftkApproximation(100 * MS, 400 * MS, 2, 0.01))
                .isCloseTo(79.43088466390884, within(1e-9));
        assertThat(TcpThroughput.pftkApproximation(100 * MS, 400 * MS, 1, 0))
                .as("no loss, no limit")
                .isInfinite();
    }

    /** The mean windows of tables 1 and 2 in RFC 8312 section 5.1, for RTTs of 0.1 and 0.01 s and C = 0.4; Reno's constant is 1.2 there. */
    @ParameterizedTest
    @CsvSource({
        "100, 1e-4, 187",
        "100, 1e-5, 1054",
        "100, 1e-6, 5926",
        "100, 1e-7, 33325",
        "100, 1e-8, 187400",
        "10, 1e-7, 5926",
        "10, 1e-8, 33325"
    })
    void shouldGiveTheTablesOfCubic(final double rttMs, final double p, final double window) {
        assertThat(TcpThroughput.cubic(rttMs * MS, p) * rttMs / 1_000)
                .isCloseTo(window, Percentage.withPercentage(0.3));
    }

    @ParameterizedTest
    @CsvSource({"1e-2, 12", "1e-4, 120", "1e-6, 1200", "1e-8, 12000"})
    void shouldGiveTheTablesOfReno(final double p, final double window) {
        assertThat(TcpThroughput.mathis(10 * MS, p) / 100).isCloseTo(window, Percentage.withPercentage(2.5));
    }

    @Test
    void shouldBeAsRenoWhereCubicWouldBeSlower() {
        assertThat(TcpThroughput.cubic(2 * MS, 0.01)).isEqualTo(TcpThroughput.mathis(2 * MS, 0.01), within(1e-6));
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() -> TcpThroughput.mathis(0, 0.1)).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> TcpThroughput.pftk(1, 1, 0.5, 8, 0.1))
                .isInstanceOf(TransportException.class)
                .hasMessage("packetsPerAck=0.5 must be at least 1.0");
        assertThatThrownBy(() -> TcpThroughput.pftk(1, 1, 1, 8, 1)).isInstanceOf(TransportException.class);
    }
}
