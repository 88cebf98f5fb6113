package io.fizeau.core.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyDistributionTest {
    @Test
    void shouldMergeAsIfAllHadBeenRecordedInOne() {
        final SplittableRandom random = new SplittableRandom(3);
        final LatencyRecorder whole = LatencyRecorder.ofValues();
        final List<LatencyDistribution> parts = new ArrayList<>();
        for (int part = 0; part < 5; part++) {
            final LatencyRecorder recorder = LatencyRecorder.ofValues();
            for (int i = 0; i < 1_000 * (part + 1); i++) {
                final long value = random.nextLong(1_000_000 >> part);
                whole.record(value);
                recorder.record(value);
            }
            parts.add(recorder.take());
        }
        assertThat(LatencyDistribution.merge(parts).histogram())
                .isEqualTo(whole.take().histogram());
    }

    @Test
    void shouldCountOnePreemptionAsOneEpisodeHoweverManyMessagesItHeldUp() {
        final LatencyRecorder recorder = LatencyRecorder.withEpisodes();
        for (int i = 0; i < 100_000; i++) {
            // One stall of 8 ms at 100 000/s: 800 messages of 8 ms down to nothing.
            final long stallNs = i >= 50_000 && i < 50_800 ? 8_000_000 - (i - 50_000) * 10_000L : 0;
            recorder.record(10_000 + (i * 7_919L) % 1_000 + stallNs);
        }
        final LatencyDistribution distribution = recorder.take();
        assertThat(distribution.episodesBeyond(1_000_000)).isEqualTo(1);
        assertThat(distribution.isSupported(99.9))
                .as("100 samples beyond it, and one event")
                .isFalse();
        assertThat(distribution.isSupported(50)).isTrue();
    }

    @Test
    void shouldCountEpisodesAsTheDefinitionHasIt() {
        final SplittableRandom random = new SplittableRandom(11);
        final LatencyRecorder recorder = LatencyRecorder.withEpisodes();
        final long[] values = random.longs(5_000, 0, 2_000).toArray();
        for (final long value : values) {
            recorder.record(value);
        }
        final LatencyDistribution distribution = recorder.take();
        for (final long level : new long[] {0, 10, 500, 1_500, 1_990}) {
            long runs = 0;
            long previous = 0;
            for (final long value : values) {
                if (previous <= level && value > level) {
                    runs++;
                }
                previous = value;
            }
            assertThat(distribution.episodesBeyond(level))
                    .as("beyond %d", level)
                    .isEqualTo(runs);
        }
    }

    @Test
    void shouldNotTellAPercentileWithFewerThanTenSamplesBeyondIt() {
        final LatencyRecorder recorder = LatencyRecorder.ofValues();
        for (int i = 0; i < 9_999; i++) {
            recorder.record(i);
        }
        assertThat(recorder.take().isSupported(99.9)).isFalse();
        for (int i = 0; i < 10_000; i++) {
            recorder.record(i);
        }
        assertThat(recorder.take().isSupported(99.9)).isTrue();
    }

    @Test
    void shouldCountMissingMessagesAsAtLeastTheDeadline() {
        final LatencyRecorder recorder = LatencyRecorder.withEpisodes();
        for (int i = 0; i < 98; i++) {
            recorder.record(1_000);
        }
        recorder.recordMissing(2, 1, 1_000_000_000);
        final LatencyDistribution distribution = recorder.take();
        assertThat(distribution.count()).isEqualTo(100);
        assertThat(distribution.percentileNs(98)).isCloseTo(1_000, within(1L));
        assertThat(distribution.percentileNs(99)).isGreaterThanOrEqualTo(1_000_000_000);
    }

    @Test
    void shouldTellAPercentileThatScatteredLossesMakeAndNotOneThatASingleLossyBurstMakes() {
        final LatencyRecorder scattered = LatencyRecorder.withEpisodes();
        final LatencyRecorder burst = LatencyRecorder.withEpisodes();
        for (int i = 0; i < 9_500; i++) {
            scattered.record(1_000);
            burst.record(1_000);
        }
        scattered.recordMissing(500, 400, 1_000_000_000);
        burst.recordMissing(500, 1, 1_000_000_000);
        assertThat(scattered.take().isSupported(99)).isTrue();
        assertThat(burst.take().isSupported(99)).isFalse();
    }

    @Test
    void shouldCountBeyondEachLevelAtLeastWhatTheThreadThatMetMostHas() {
        final SplittableRandom random = new SplittableRandom(23);
        final List<LatencyDistribution> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            final LatencyRecorder recorder = LatencyRecorder.withEpisodes();
            random.longs(1_000 * (part + 1L), 0, 3_000 >> part).forEach(recorder::record);
            recorder.recordMissing(part, part, 1_000_000);
            parts.add(recorder.take());
        }
        final LatencyDistribution sum = LatencyDistribution.sideBySide(parts);
        assertThat(sum.histogram()).isEqualTo(LatencyDistribution.merge(parts).histogram());
        for (long level = 0; level < 2_000_000; level += level < 3_100 ? 1 : 100_000) {
            final long beyond = level;
            assertThat(sum.episodesBeyond(level))
                    .as("beyond %d", level)
                    .isEqualTo(parts.stream()
                            .mapToLong(part -> part.episodesBeyond(beyond))
                            .max()
                            .orElseThrow());
        }
    }

    @Test
    void shouldHoldAfterAResetWhatWasRecordedSince() {
        final LatencyRecorder recorder = LatencyRecorder.withEpisodes();
        recorder.record(5_000);
        recorder.recordMissing(3, 2, 1_000_000);
        recorder.reset();
        assertThat(recorder.take().count()).isZero();
        recorder.record(5_000);
        recorder.reset();
        recorder.record(7_000);
        final LatencyDistribution distribution = recorder.take();
        assertThat(distribution.count()).isEqualTo(1);
        assertThat(distribution.percentileNs(50)).isCloseTo(7_000, within(7L));
        assertThat(distribution.episodesBeyond(6_000)).isEqualTo(1);
        assertThat(distribution.episodesBeyond(8_000)).isZero();
    }

    @Test
    void shouldComeThroughSerialization() throws IOException, ClassNotFoundException {
        final LatencyRecorder recorder = LatencyRecorder.withEpisodes();
        for (int i = 0; i < 1_000; i++) {
            recorder.record(i % 100);
        }
        final LatencyDistribution sent = recorder.take();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        final LatencyDistribution received =
                (LatencyDistribution) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(received.histogram()).isEqualTo(sent.histogram());
        assertThat(received.episodesBeyond(50)).isEqualTo(sent.episodesBeyond(50));
    }

    @Test
    void shouldKeepTheSlowestMessages() {
        final SplittableRandom random = new SplittableRandom(5);
        final SlowestMessages slowest = new SlowestMessages();
        final List<SlowestMessages.Slow> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            final long latencyNs = random.nextLong(1_000_000_000_000L);
            slowest.record(latencyNs, i);
            all.add(new SlowestMessages.Slow(latencyNs, i));
        }
        all.sort(Comparator.comparingLong(SlowestMessages.Slow::latencyNs).reversed());
        assertThat(slowest.take()).isEqualTo(all.subList(0, SlowestMessages.KEPT));
        assertThat(slowest.take()).isEmpty();
        slowest.record(7, 1);
        slowest.reset();
        slowest.record(5, 2);
        assertThat(slowest.take()).containsExactly(new SlowestMessages.Slow(5, 2));
    }
}
