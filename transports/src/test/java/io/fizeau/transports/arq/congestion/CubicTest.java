package io.fizeau.transports.arq.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.theory.TcpThroughput;
import io.fizeau.transports.arq.timing.RttEstimator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are in segments of {@link #MSS} bytes and times in seconds where the RFC's formulas are evaluated. */
class CubicTest {
    private static final int MSS = 1_000;
    private static final double C = 0.4;
    private static final double BETA = 0.7;
    private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double NS = 1e-9;
    private static final long MS = 1_000_000;

    private final Cubic control = new Cubic(MSS, Long.MAX_VALUE);
    private RttEstimator rtt = new RttEstimator(100 * MS);
    private long nowNs = 1_000 * MS;

    @Test
    void shouldGrowByAllThatIsAcknowledgedInSlowStart() {
        assertThat(control.windowBytes()).isEqualTo(10 * MSS);
        assertThat(control.slowStartThresholdBytes()).isEqualTo(Long.MAX_VALUE);
        acknowledge(control, 500);
        assertThat(control.windowBytes()).isEqualTo(10 * MSS + 500);
        assertThat(control.isInSlowStart()).isTrue();
    }

    @Test
    void shouldReduceToSevenTenthsOncePerRoundTrip() {
        reach(1_000);
        lose(control);
        assertThat(control.windowBytes()).isEqualTo(700 * MSS);
        assertThat(control.slowStartThresholdBytes()).isEqualTo(700 * MSS);
        assertThat(control.isInSlowStart()).isFalse();
        control.onLost(nowNs + 50 * MS, MSS, nowNs);
        assertThat(control.windowBytes()).as("sent before the recovery").isEqualTo(700 * MSS);
        control.onAcknowledged(nowNs + 50 * MS, MSS, nowNs, true, rtt);
        assertThat(control.windowBytes()).as("no growth in recovery").isEqualTo(700 * MSS);
        control.onLost(nowNs + 150 * MS, MSS, nowNs + 1);
        assertThat(control.windowBytes()).as("sent after it").isEqualTo(490 * MSS);
    }

    @Test
    void shouldFollowTheCurveThroughItsFlatPartAndBeyond() {
        reach(1_000);
        lose(control);
        final double k = Math.cbrt((1_000 - 700) / C);
        final long epochNs = nowNs += 100 * MS;
        acknowledge(control, MSS);
        for (int round = 1; round <= 200; round++) {
            passRoundTrip(control, 100 * MS);
            final double t = (nowNs - epochNs) * NS;
            final double curve = C * Math.pow(t - k, 3) + 1_000;
            assertThat(segments(control)).as("at %.1f s, K is %.1f s", t, k).isCloseTo(curve, within(0.01 * curve));
        }
        assertThat((nowNs - epochNs) * NS).as("past the flat part").isGreaterThan(2 * k);
    }

    /** Each acknowledgement against the equations, over reductions at windows above and below the last. */
    @ParameterizedTest
    @CsvSource({"1, 20, false", "5, 60, false", "100, 300, true", "200, 3000, true"})
    void shouldAgreeWithTheEquationsAcknowledgementByAcknowledgement(
            final int rttMs, final int window, final boolean leavesRenoBehind) {
        rtt = new RttEstimator(rttMs * MS);
        reach(window);
        final CubicEquations equations = new CubicEquations(window, rttMs / 1e3);
        final int[] acknowledgements = {0, 20_000, 4_000, 500, 30_000};
        boolean wasReno = false;
        boolean wasCubic = false;
        for (final int count : acknowledgements) {
            for (int i = 0; i < count; i++) {
                nowNs += (long) (rttMs * MS / segments(control));
                acknowledge(control, i % 3 == 0 ? MSS / 4 : MSS);
                equations.acknowledge(nowNs * NS, i % 3 == 0 ? 0.25 : 1);
                wasReno |= equations.isReno();
                wasCubic |= !equations.isReno();
                assertThat(segments(control)).isCloseTo(equations.cwnd(), within(0.01 + 1e-6 * equations.cwnd()));
            }
            lose(control);
            equations.lose();
            nowNs += rttMs * MS;
        }
        assertThat(wasReno).isTrue();
        assertThat(wasCubic).isEqualTo(leavesRenoBehind);
    }

    @Test
    void shouldGrowAsRenoDoesOnAShortRoundTrip() {
        rtt = new RttEstimator(MS);
        reach(50);
        lose(control);
        double expected = 35;
        for (int round = 0; round < 60; round++) {
            passRoundTrip(control, MS);
            expected += expected >= 50 ? 1 : RENO_ALPHA;
            // A window is acknowledged a little before a round of a growing window ends.
            assertThat(segments(control)).isCloseTo(expected, within(0.02 * expected));
        }
        assertThat(expected).as("it has reached the steeper part").isGreaterThan(75);
    }

    @Test
    void shouldConvergeFastWhenTheWindowWasBelowTheLastMaximum() {
        reach(1_000);
        lose(control);
        nowNs += 100 * MS;
        lose(control);
        assertThat(segments(control)).isEqualTo(490);
        final double maximum = 700 * (1 + BETA) / 2;
        final double k = Math.cbrt((maximum - 490) / C);
        final long epochNs = nowNs += 100 * MS;
        acknowledge(control, MSS);
        while ((nowNs - epochNs) * NS < k) {
            passRoundTrip(control, 100 * MS);
        }
        assertThat(segments(control)).as("flat at 595, not at 700").isCloseTo(maximum, within(3.0));
    }

    @Test
    void shouldGrowByHalfAtMostInARoundTripHoweverFarTheCurveIs() {
        reach(100);
        lose(control);
        nowNs += 100 * MS;
        acknowledge(control, MSS);
        nowNs += 1_000_000 * MS;
        final double before = segments(control);
        passRoundTrip(control, 100 * MS);
        // Half of a window that itself grows while it is acknowledged: up to e^0.5.
        assertThat(segments(control) / before).isBetween(1.4, Math.exp(0.5));
    }

    @Test
    void shouldNotGrowAndNotAdvanceTheCurveWhileTheWindowIsNotTheLimit() {
        final Cubic other = new Cubic(MSS, Long.MAX_VALUE);
        reach(1_000);
        other.onAcknowledged(nowNs, 990 * MSS, nowNs, true, rtt);
        lose(control);
        lose(other);
        nowNs += 100 * MS;
        final long startNs = nowNs;
        for (int round = 0; round < 20; round++) {
            passRoundTrip(control, 100 * MS);
        }
        final long before = control.windowBytes();
        for (int i = 0; i < 600; i++) {
            nowNs += 100 * MS;
            control.onSent(nowNs - 50 * MS, MSS, 2 * MSS);
            control.onAcknowledged(nowNs, MSS, nowNs - 50 * MS, false, rtt);
            assertThat(control.windowBytes()).isEqualTo(before);
        }
        final long resumedNs = nowNs;
        for (int round = 0; round < 20; round++) {
            passRoundTrip(control, 100 * MS);
        }
        assertThat(resumedNs - startNs).as("a minute longer").isGreaterThan(60_000 * MS);

        nowNs = startNs;
        for (int round = 0; round < 40; round++) {
            passRoundTrip(other, 100 * MS);
        }
        assertThat(control.windowBytes()).isEqualTo(other.windowBytes());
    }

    @Test
    void shouldNotAdvanceTheCurveWhileNothingIsInFlight() {
        reach(1_000);
        lose(control);
        nowNs += 100 * MS;
        passRoundTrip(control, 100 * MS);
        final double before = segments(control);
        nowNs += 3_600_000 * MS;
        control.onSent(nowNs, MSS, MSS);
        control.onSent(nowNs, MSS, 2 * MSS);
        passRoundTrip(control, 100 * MS);
        final double k = Math.cbrt((1_000 - 700) / C);
        final double slope = 3 * C * k * k;
        assertThat(segments(control) - before)
                .as("what the curve grows in two round trips, not in an hour")
                .isBetween(0.0, 2 * slope * 0.1);
    }

    @Test
    void shouldStartACurveWithoutAPlateauAfterPersistentCongestion() {
        reach(1_000);
        lose(control);
        control.onPersistentCongestion(nowNs);
        assertThat(control.windowBytes()).isEqualTo(2 * MSS);
        assertThat(control.isInSlowStart()).isTrue();
        nowNs += 100 * MS;
        control.onAcknowledged(nowNs, 698 * MSS, nowNs - 100 * MS, true, rtt);
        assertThat(segments(control)).isEqualTo(700);
        assertThat(control.isInSlowStart()).isFalse();
        final long epochNs = nowNs;
        acknowledge(control, MSS);
        for (int round = 0; round < 100; round++) {
            passRoundTrip(control, 100 * MS);
            final double curve = 700 + C * Math.pow((nowNs - epochNs) * NS, 3);
            assertThat(segments(control)).isGreaterThanOrEqualTo(700).isCloseTo(curve, within(0.01 * curve + 5));
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 1000", "1, 50"})
    void shouldGoOnAsIfNothingHadBeenLostWhenTheLossWasSpurious(final int rttMs, final int window) {
        rtt = new RttEstimator(rttMs * MS);
        final Cubic other = new Cubic(MSS, Long.MAX_VALUE);
        other.onAcknowledged(nowNs, (window - 10) * MSS, nowNs, true, rtt);
        reach(window);
        lose(control);
        lose(other);
        for (int round = 0; round < 20; round++) {
            nowNs += rttMs * MS;
            acknowledge(control, window * MSS * 7 / 10);
            acknowledge(other, window * MSS * 7 / 10);
        }
        final long before = control.windowBytes();
        final long lossNs = nowNs;
        lose(control);
        nowNs += rttMs * MS;
        // Begins another curve, and hardly moves the window.
        acknowledge(control, 1);
        acknowledge(other, 1);
        assertThat(control.windowBytes()).isLessThan(before);
        control.onSpuriousLoss(nowNs, MSS, lossNs);
        for (int round = 0; round < 60; round++) {
            assertThat(control.windowBytes()).isCloseTo(other.windowBytes(), within(2L));
            assertThat(control.slowStartThresholdBytes()).isEqualTo(other.slowStartThresholdBytes());
            nowNs += rttMs * MS;
            acknowledge(control, window * MSS * 7 / 10);
            acknowledge(other, window * MSS * 7 / 10);
        }
    }

    @Test
    void shouldNotUndoWhatTheWindowHasOutgrown() {
        reach(100);
        final long lossNs = nowNs;
        lose(control);
        while (segments(control) <= 101) {
            passRoundTrip(control, 100 * MS);
        }
        final long grown = control.windowBytes();
        control.onSpuriousLoss(nowNs, MSS, lossNs);
        assertThat(control.windowBytes()).isEqualTo(grown);
        assertThat(control.slowStartThresholdBytes()).isEqualTo(70 * MSS);
    }

    /** After six losses fast convergence has the last maximum at 1.7 segments, below the window. */
    @ParameterizedTest
    @ValueSource(ints = {6, 20})
    void shouldKeepTwoDatagramsWhateverIsLostAndGrowAgain(final int losses) {
        for (int i = 0; i < losses; i++) {
            lose(control);
            nowNs += 100 * MS;
        }
        assertThat(control.windowBytes()).isEqualTo(2 * MSS);
        for (int round = 0; round < 10; round++) {
            passRoundTrip(control, 300 * MS);
        }
        // The curve is flat at the window and not below it: 2 + 0.4 * 3^3 after 3 s, and Reno has 2 + 10.
        assertThat(segments(control)).isBetween(10.0, 15.0);
    }

    @Test
    void shouldStayBelowTheCap() {
        final Cubic capped = new Cubic(MSS, 100 * MSS);
        capped.onAcknowledged(nowNs, 1_000 * MSS, nowNs, true, rtt);
        assertThat(capped.windowBytes()).isEqualTo(100 * MSS);
        lose(capped);
        for (int round = 0; round < 200; round++) {
            nowNs += 100 * MS;
            capped.onAcknowledged(nowNs, 100 * MSS, nowNs, true, rtt);
            assertThat(capped.windowBytes()).isBetween(70L * MSS, 100L * MSS);
        }
        assertThat(capped.windowBytes()).isEqualTo(100 * MSS);
    }

    /** The formulas know neither the round trip of recovery nor fast convergence. */
    @ParameterizedTest
    @CsvSource({"1, 1000, 5", "10, 10000, 4", "100, 100000, 3"})
    void shouldHaveTheMeanWindowOfTheFormula(final int rttMs, final int lossInterval, final int percent) {
        final LossyPath path = new LossyPath(control, MSS, rttMs * MS, lossInterval);
        path.meanWindow(10L * lossInterval);
        final double mean = path.meanWindow(60L * lossInterval);
        assertThat(mean * 1e9 / (rttMs * MS))
                .isCloseTo(
                        TcpThroughput.cubic(rttMs * (double) MS, 1.0 / lossInterval),
                        Percentage.withPercentage(percent));
    }

    private void reach(final int window) {
        control.onAcknowledged(nowNs, window * MSS - (int) control.windowBytes(), nowNs, true, rtt);
        assertThat(segments(control)).isEqualTo(window);
    }

    private void lose(final Cubic cubic) {
        cubic.onLost(nowNs, MSS, nowNs);
    }

    private void acknowledge(final Cubic cubic, final int bytes) {
        cubic.onAcknowledged(nowNs, bytes, nowNs, true, rtt);
    }

    /** A window of datagrams is acknowledged, evenly over a round trip. */
    private void passRoundTrip(final Cubic cubic, final long rttNs) {
        final long startNs = nowNs;
        final int count = (int) (cubic.windowBytes() / MSS);
        for (int i = 1; i <= count; i++) {
            nowNs = startNs + rttNs * i / count;
            acknowledge(cubic, MSS);
        }
    }

    private static double segments(final Cubic cubic) {
        return cubic.windowBytes() / (double) MSS;
    }
}
