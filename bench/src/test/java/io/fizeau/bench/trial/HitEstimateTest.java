package io.fizeau.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.latency.LatencyDistribution;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HitEstimateTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldTakeForHitWhatTookHalfARoundTripMoreThanTheMedian() {
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(21 * MS, 970);
        latencies.recordValueWithCount(29 * MS, 10);
        latencies.recordValueWithCount(51 * MS, 15);
        latencies.recordValueWithCount(231 * MS, 5);
        HitEstimate estimate = HitEstimate.of(
                LatencyDistribution.of(latencies), TrialImpairment.parse("loss=1%:delay=10ms", "host", "host"));

        assertThat((double) estimate.thresholdNs()).isCloseTo(31.0 * MS, Offset.offset(0.1 * MS));
        assertThat(estimate.extra().count()).isEqualTo(20);
        assertThat(estimate.share()).isEqualTo(0.02);
        assertThat((double) estimate.extra().percentileNs(50)).isCloseTo(30.0 * MS, Offset.offset(0.3 * MS));
        assertThat((double) estimate.extra().maxNs()).isCloseTo(210.0 * MS, Offset.offset(0.5 * MS));
    }

    @Test
    void shouldTakeTheMedianForTheRoundTripOfALinkWithoutDelay() {
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(100_000, 99);
        latencies.recordValueWithCount(149_000, 1);
        latencies.recordValueWithCount(152_000, 1);
        HitEstimate estimate =
                HitEstimate.of(LatencyDistribution.of(latencies), TrialImpairment.parse("loss=1%", "host", "host"));

        assertThat(estimate.extra().count()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeJitterForLoss() {
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(20 * MS, 99);
        latencies.recordValueWithCount(33 * MS, 1);
        TrialImpairment impairment = TrialImpairment.parse("delay=10ms:jitter=2ms", "host", "host");

        assertThat(HitEstimate.of(LatencyDistribution.of(latencies), impairment)
                        .extra()
                        .count())
                .isZero();
    }

    @Test
    void shouldEstimateNothingOfNothing() {
        HitEstimate estimate =
                HitEstimate.of(LatencyDistribution.of(new Histogram(3)), TrialImpairment.parse("none", "host", "host"));

        assertThat(estimate.share()).isNaN();
        assertThat(estimate.extra().count()).isZero();
    }
}
