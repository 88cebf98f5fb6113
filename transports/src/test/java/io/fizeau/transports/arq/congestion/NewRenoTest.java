package io.fizeau.transports.arq.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.theory.TcpThroughput;
import io.fizeau.transports.arq.timing.RttEstimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewRenoTest {
    private static final int DATAGRAM = 1_200;
    private static final long UNCAPPED = Long.MAX_VALUE;
    private static final long RTT_NS = 100_000_000;

    private final RttEstimator rtt = new RttEstimator(RTT_NS);
    private final NewReno control = new NewReno(DATAGRAM, UNCAPPED);

    @ParameterizedTest
    @CsvSource({
        "1200, 1000000, 12000",
        "1472, 1000000, 14720",
        "1500, 1000000, 14720",
        "9000, 1000000, 18000",
        "65507, 1000000, 131014",
        "1200, 5000, 5000",
        "1200, 2400, 2400"
    })
    void shouldStartAtTheInitialWindow(final int datagram, final long cap, final long expected) {
        final NewReno fresh = new NewReno(datagram, cap);
        assertThat(fresh.windowBytes()).isEqualTo(expected);
        assertThat(fresh.slowStartThresholdBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(fresh.isInSlowStart()).isTrue();
    }

    @Test
    void shouldGrowByAllThatIsAcknowledgedInSlowStart() {
        control.onAcknowledged(100, DATAGRAM, 1, true, rtt);
        control.onAcknowledged(100, 300, 2, true, rtt);
        assertThat(control.windowBytes()).isEqualTo(12_000 + 1_500);
    }

    @Test
    void shouldNotGrowWhenTheWindowIsNotTheLimit() {
        control.onAcknowledged(100, DATAGRAM, 1, false, rtt);
        assertThat(control.windowBytes()).isEqualTo(12_000);
        loseAt(100, 99);
        control.onAcknowledged(300, 1 << 20, 200, false, rtt);
        assertThat(control.windowBytes()).isEqualTo(6_000);
    }

    @Test
    void shouldHalveOncePerRoundTrip() {
        loseAt(1_000, 500);
        assertThat(control.windowBytes()).isEqualTo(6_000);
        assertThat(control.slowStartThresholdBytes()).isEqualTo(6_000);
        assertThat(control.isInSlowStart()).isFalse();
        loseAt(1_100, 900);
        loseAt(1_200, 1_000);
        assertThat(control.windowBytes()).as("sent before the recovery").isEqualTo(6_000);
        control.onAcknowledged(1_300, DATAGRAM * 100, 1_000, true, rtt);
        assertThat(control.windowBytes()).as("no growth in recovery").isEqualTo(6_000);
        loseAt(2_000, 1_001);
        assertThat(control.windowBytes()).as("sent after it").isEqualTo(3_000);
    }

    @Test
    void shouldAddADatagramForEachWindowInCongestionAvoidance() {
        loseAt(1_000, 500);
        for (int round = 0; round < 50; round++) {
            final long before = control.windowBytes();
            long acknowledged = 0;
            while (acknowledged < before) {
                control.onAcknowledged(3_000, 100, 2_000, true, rtt);
                acknowledged += 100;
            }
            // The window grows while it is acknowledged, so a little less than a datagram.
            final double atLeast = DATAGRAM / (1 + (double) DATAGRAM / before);
            assertThat(control.windowBytes() - before).isBetween((long) atLeast - 1, (long) DATAGRAM);
        }
    }

    /** By whole bytes alone a window of 10^7 would not grow by acknowledgements of less than 8334 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1_200})
    void shouldLoseNothingByRounding(final int bytes) {
        control.onAcknowledged(0, 20_000_000 - 12_000, 0, true, rtt);
        loseAt(1_000, 500);
        double expected = 10_000_000;
        for (int i = 0; i < 200_000; i++) {
            control.onAcknowledged(3_000, bytes, 2_000, true, rtt);
            expected += DATAGRAM * (double) bytes / expected;
        }
        assertThat((double) control.windowBytes()).isCloseTo(expected, within(2.0));
    }

    @Test
    void shouldKeepTwoDatagramsWhateverIsLost() {
        for (int i = 1; i <= 10; i++) {
            loseAt(1_000L * i, 1_000L * i - 1);
        }
        assertThat(control.windowBytes()).isEqualTo(2 * DATAGRAM);
    }

    @Test
    void shouldStartSlowlyAgainUpToTheThresholdAfterPersistentCongestion() {
        loseAt(1_000, 500);
        control.onPersistentCongestion(1_000);
        assertThat(control.windowBytes()).isEqualTo(2 * DATAGRAM);
        assertThat(control.isInSlowStart()).isTrue();
        assertThat(control.slowStartThresholdBytes()).isEqualTo(6_000);
        control.onAcknowledged(1_500, DATAGRAM, 600, true, rtt);
        assertThat(control.windowBytes()).as("no recovery either").isEqualTo(3 * DATAGRAM);
    }

    @Test
    void shouldStayBelowTheCap() {
        final NewReno capped = new NewReno(DATAGRAM, 20_000);
        for (int i = 0; i < 100; i++) {
            capped.onAcknowledged(i, DATAGRAM, i - 1, true, rtt);
        }
        assertThat(capped.windowBytes()).isEqualTo(20_000);
    }

    @Test
    void shouldPaceATouchFasterThanAWindowARoundTrip() {
        assertThat(control.pacingBytesPerSecond(RTT_NS)).isEqualTo(150_000);
        assertThat(control.pacingBytesPerSecond(0)).as("no sample yet").isEqualTo(Long.MAX_VALUE);
        assertThat(control.pacingBytesPerSecond(Long.MAX_VALUE)).isEqualTo(1);
    }

    @Test
    void shouldUndoAReductionWhenAllItsLossWasSpurious() {
        control.onLost(-9_000, 2 * DATAGRAM, -9_500);
        control.onLost(-8_900, DATAGRAM, -9_100);
        control.onSpuriousLoss(-8_800, DATAGRAM, -9_600);
        control.onSpuriousLoss(-8_800, DATAGRAM, -9_100);
        assertThat(control.windowBytes()).as("a datagram is still lost").isEqualTo(6_000);
        control.onSpuriousLoss(-8_800, DATAGRAM, -9_500);
        assertThat(control.windowBytes()).isEqualTo(12_000);
        assertThat(control.slowStartThresholdBytes()).isEqualTo(Long.MAX_VALUE);
        control.onSpuriousLoss(-8_800, DATAGRAM, -9_500);
        assertThat(control.windowBytes()).isEqualTo(12_000);
        loseAt(-8_700, -9_050);
        assertThat(control.windowBytes()).as("the recovery is undone, too").isEqualTo(6_000);
    }

    @Test
    void shouldNotUndoTheLastReductionForWhatAnEarlierOneWasAbout() {
        loseAt(1_000, 500);
        loseAt(2_000, 1_500);
        control.onSpuriousLoss(2_100, DATAGRAM, 500);
        assertThat(control.windowBytes()).isEqualTo(3_000);
        control.onSpuriousLoss(2_100, DATAGRAM, 1_500);
        assertThat(control.windowBytes()).isEqualTo(6_000);
    }

    @Test
    void shouldNotUndoWhatTheWindowHasOutgrownOrPersistentCongestion() {
        loseAt(1_000, 500);
        for (int i = 0; i < 1_000; i++) {
            control.onAcknowledged(3_000, DATAGRAM, 2_000, true, rtt);
        }
        final long grown = control.windowBytes();
        assertThat(grown).isGreaterThan(12_000);
        control.onSpuriousLoss(3_000, DATAGRAM, 500);
        assertThat(control.windowBytes()).isEqualTo(grown);
        loseAt(5_000, 4_000);
        control.onPersistentCongestion(5_000);
        control.onSpuriousLoss(5_100, DATAGRAM, 4_000);
        assertThat(control.windowBytes()).isEqualTo(2 * DATAGRAM);
    }

    /** The formula has no round trip of recovery, in which the window stands still: hence less, by the fewer per cent the longer a period. */
    @ParameterizedTest
    @CsvSource({"100, 13", "1000, 5", "10000, 2", "100000, 1"})
    void shouldHaveTheMeanWindowOfTheSquareRootFormula(final int lossInterval, final int percentLess) {
        final double p = 1.0 / lossInterval;
        final LossyPath path = new LossyPath(control, DATAGRAM, RTT_NS, lossInterval);
        path.meanWindow(30L * lossInterval);
        final double mean = path.meanWindow(40L * lossInterval);
        final double formula = Math.sqrt(1.5) / Math.sqrt(p);
        assertThat(mean).isBetween(formula * (1 - percentLess / 100.0), formula);
        assertThat(TcpThroughput.mathis(RTT_NS, p) * RTT_NS / 1e9).isCloseTo(formula, within(1e-6 * formula));
    }

    @Test
    void shouldRefuseSizesOutOfRange() {
        assertThatThrownBy(() -> new NewReno(0, UNCAPPED)).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> new NewReno(65_536, UNCAPPED)).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> new NewReno(DATAGRAM, 2 * DATAGRAM - 1)).isInstanceOf(TransportException.class);
    }

    private void loseAt(final long nowNs, final long sentNs) {
        control.onLost(nowNs, DATAGRAM, sentNs);
    }
}
