package io.fizeau.core.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {
    @Test
    void shouldGiveTheHistogramThatRecordingEachValueGives() {
        final SplittableRandom random = new SplittableRandom(17);
        final LatencyCounts counts = new LatencyCounts(LatencyRecorder.LONGEST_NS);
        final Histogram expected = histogram();
        for (int i = 0; i < 200_000; i++) {
            // From one nanosecond to an hour, as often in each power of two.
            final long value = Math.min(LatencyRecorder.LONGEST_NS, random.nextLong(1L << random.nextInt(1, 43)));
            counts.add(LatencyCounts.index(value), 1);
            expected.recordValue(value);
        }
        for (final long edge :
                new long[] {0, 1, 1023, 1024, 2047, 2048, 2049, 4095, 4096, LatencyRecorder.LONGEST_NS}) {
            counts.add(LatencyCounts.index(edge), 1);
            expected.recordValue(edge);
        }
        final Histogram actual = histogram();
        counts.moveTo(actual);
        assertThat(actual).isEqualTo(expected);
        assertThat(actual.getMaxValue()).isEqualTo(expected.getMaxValue());
        counts.moveTo(actual);
        assertThat(actual).as("nothing is counted twice").isEqualTo(expected);
    }

    private static Histogram histogram() {
        return new Histogram(LatencyRecorder.LONGEST_NS, LatencyRecorder.SIGNIFICANT_DIGITS);
    }
}
