package io.fizeau.transports.arq.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.theory.RecoveryLatency;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RttEstimatorTest {
    private static final long MS = 1_000_000;
    private static final long MAX_ACK_DELAY = 25 * MS;
    private static final Offset<Long> ROUNDING = within(1L);

    private final RttEstimator rtt = new RttEstimator(333 * MS);

    @Test
    void shouldStartAtTheInitialRoundTripAndHalfOfItAsVariation() {
        assertThat(rtt.hasSample()).isFalse();
        assertThat(rtt.smoothedNs()).isEqualTo(333 * MS);
        assertThat(rtt.variationNs()).isEqualTo(333 * MS / 2);
        assertThat(rtt.retransmissionTimeoutNs(MS, 0, 60_000 * MS))
                .as("about the 1 s of RFC 6298 section 2.1")
                .isEqualTo(999 * MS);
        assertThat(rtt.probeTimeoutNs(MS, 0)).isEqualTo(999 * MS);
    }

    @Test
    void shouldReplaceTheInitialRoundTripByTheFirstSampleAndSubtractNoDelayFromIt() {
        rtt.onSample(100 * MS, 20 * MS, MAX_ACK_DELAY);
        assertThat(rtt.hasSample()).isTrue();
        check(100, 100, 100, 50);
    }

    @Test
    void shouldFollowASeriesCalculatedByHand() {
        rtt.onSample(100 * MS, 0, MAX_ACK_DELAY);
        // 140 - 20: variation 3/4 50 + 1/4 20, smoothed 100 + 20/8.
        rtt.onSample(140 * MS, 20 * MS, MAX_ACK_DELAY);
        check(140, 100, 102.5, 42.5);
        // 110 - 20 is below the least, so 110: 3/4 42.5 + 1/4 7.5, 102.5 + 7.5/8.
        rtt.onSample(110 * MS, 20 * MS, MAX_ACK_DELAY);
        check(110, 100, 103.4375, 33.75);
        // Of 60 the 25 allowed are believed, so 175: 3/4 33.75 + 1/4 71.5625, 103.4375 + 71.5625/8.
        rtt.onSample(200 * MS, 60 * MS, MAX_ACK_DELAY);
        check(200, 100, 112.3828125, 43.203125);
        // A new least: 3/4 43.203125 + 1/4 32.3828125, 112.3828125 - 32.3828125/8.
        rtt.onSample(80 * MS, 10 * MS, MAX_ACK_DELAY);
        check(80, 80, 108.3349609375, 40.498046875);
    }

    @Test
    void shouldSubtractTheDelayUpToTheLeastRoundTripExactly() {
        rtt.onSample(100 * MS, 0, MAX_ACK_DELAY);
        rtt.onSample(120 * MS, 20 * MS, MAX_ACK_DELAY);
        check(120, 100, 100, 37.5);
        rtt.onSample(120 * MS - 8, 20 * MS, MAX_ACK_DELAY);
        assertThat(rtt.smoothedNs()).as("a sample not adjusted").isEqualTo(102_500_000 - 1);
    }

    @Test
    void shouldNotBelieveANegativeDelayOrARoundTripBelowZero() {
        rtt.onSample(100 * MS, 0, MAX_ACK_DELAY);
        rtt.onSample(100 * MS, -50 * MS, MAX_ACK_DELAY);
        check(100, 100, 100, 37.5);
        rtt.onSample(-5, 0, MAX_ACK_DELAY);
        assertThat(rtt.latestNs()).isZero();
        assertThat(rtt.minNs()).isZero();
    }

    @Test
    void shouldForgetAllAtAReset() {
        rtt.onSample(100 * MS, 0, MAX_ACK_DELAY);
        rtt.onSample(50 * MS, 0, MAX_ACK_DELAY);
        rtt.reset();
        assertThat(rtt.hasSample()).isFalse();
        check(0, 0, 333, 166.5);
        rtt.onSample(200 * MS, 0, MAX_ACK_DELAY);
        check(200, 200, 200, 100);
    }

    @Test
    void shouldStartTheLeastAnewFromTheLatest() {
        rtt.onSample(50 * MS, 0, MAX_ACK_DELAY);
        rtt.onSample(200 * MS, 0, MAX_ACK_DELAY);
        rtt.restartMinimum();
        assertThat(rtt.minNs()).isEqualTo(200 * MS);
        rtt.onSample(150 * MS, 0, MAX_ACK_DELAY);
        assertThat(rtt.minNs()).isEqualTo(150 * MS);
    }

    @Test
    void shouldKeepTheRetransmissionTimeoutWithinItsLimits() {
        rtt.onSample(10 * MS, 0, MAX_ACK_DELAY);
        assertThat(rtt.retransmissionTimeoutNs(MS, 0, 60_000 * MS)).isEqualTo(30 * MS);
        assertThat(rtt.retransmissionTimeoutNs(25 * MS, 0, 60_000 * MS))
                .as("granularity above 4 variations")
                .isEqualTo(35 * MS);
        assertThat(rtt.retransmissionTimeoutNs(MS, 1_000 * MS, 60_000 * MS)).isEqualTo(1_000 * MS);
        assertThat(rtt.retransmissionTimeoutNs(MS, 0, 20 * MS)).isEqualTo(20 * MS);
    }

    @Test
    void shouldTakeTheGreaterOfLatestAndSmoothedForTheLossDelay() {
        rtt.onSample(80 * MS, 0, MAX_ACK_DELAY);
        assertThat(rtt.lossDelayNs(MS)).isEqualTo(90 * MS);
        rtt.onSample(160 * MS, 0, MAX_ACK_DELAY);
        assertThat(rtt.lossDelayNs(MS)).as("latest").isEqualTo(180 * MS);
        rtt.onSample(10 * MS, 0, MAX_ACK_DELAY);
        // 80 + 80/8 = 90; 90 - 80/8 = 80.
        assertThat(rtt.lossDelayNs(MS)).as("smoothed").isEqualTo(90 * MS);
        assertThat(rtt.lossDelayNs(500 * MS)).isEqualTo(500 * MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAgreeWithTheFormulasForAnySamples(final long seed) {
        final Random random = new Random(seed);
        double smoothed = 0;
        double variation = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2_000; i++) {
            final long sample = random.nextLong(1, 1L << random.nextInt(1, 40));
            final long delay = random.nextLong(0, 50 * MS);
            rtt.onSample(sample, delay, MAX_ACK_DELAY);
            least = Math.min(least, sample);
            final long believed = Math.min(delay, MAX_ACK_DELAY);
            final double adjusted = sample < least + believed ? sample : sample - believed;
            variation = i == 0 ? sample / 2.0 : 0.75 * variation + 0.25 * Math.abs(smoothed - adjusted);
            smoothed = i == 0 ? sample : 0.875 * smoothed + 0.125 * adjusted;

            assertThat(rtt.smoothedNs()).isCloseTo((long) smoothed, ROUNDING);
            assertThat(rtt.variationNs()).isCloseTo((long) variation, ROUNDING);
            assertThat(rtt.minNs()).isEqualTo(least);
            final long granularity = random.nextLong(0, 10 * MS);
            assertThat(rtt.probeTimeoutNs(granularity, MAX_ACK_DELAY))
                    .isCloseTo(
                            (long) RecoveryLatency.probeTimeoutNs(
                                    smoothed, variation, (double) granularity, MAX_ACK_DELAY),
                            ROUNDING);
            assertThat(rtt.retransmissionTimeoutNs(granularity, 200 * MS, Long.MAX_VALUE))
                    .isCloseTo(
                            (long) RecoveryLatency.retransmissionTimeoutNs(
                                    smoothed, variation, (double) granularity, 200 * MS),
                            ROUNDING);
        }
    }

    /** A message lost once, in a steady flow without gaps, is delivered half a round trip after it counts as lost. */
    @Test
    void shouldDetectLossWhenTheTheoryOfTheTimeThresholdSays() {
        for (final long roundTrip : new long[] {100_000, 800_000, 8 * MS, 80 * MS}) {
            final RttEstimator steady = new RttEstimator(MS);
            for (int i = 0; i < 10; i++) {
                steady.onSample(roundTrip, 0, 0);
            }
            assertThat(steady.lossDelayNs(MS) + roundTrip / 2.0)
                    .isEqualTo(RecoveryLatency.timeThresholdNs((double) roundTrip, 0, MS));
        }
    }

    @Test
    void shouldSaturateAndNotOverflow() {
        for (int i = 0; i < 100; i++) {
            rtt.onSample(i % 2 == 0 ? Long.MAX_VALUE : 0, Long.MAX_VALUE, Long.MAX_VALUE);
            assertThat(rtt.smoothedNs()).isNotNegative();
            assertThat(rtt.variationNs()).isNotNegative();
            assertThat(rtt.lossDelayNs(MS)).isPositive();
            assertThat(rtt.probeTimeoutNs(MS, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
            assertThat(rtt.retransmissionTimeoutNs(MS, 0, 7)).isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseAnInitialRoundTripOfNothing() {
        assertThatThrownBy(() -> new RttEstimator(0))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("initialNs=0");
    }

    private void check(final double latestMs, final double minMs, final double smoothedMs, final double variationMs) {
        assertThat(rtt.latestNs()).isEqualTo((long) (latestMs * MS));
        assertThat(rtt.minNs()).isEqualTo((long) (minMs * MS));
        assertThat(rtt.smoothedNs()).isCloseTo((long) (smoothedMs * MS), ROUNDING);
        assertThat(rtt.variationNs()).isCloseTo((long) (variationMs * MS), ROUNDING);
    }
}
