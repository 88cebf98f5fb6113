package io.fizeau.core.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.host.HostFiles;
import io.fizeau.core.noise.NoiseFigure.Scope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseMeterTest {
    @TempDir
    Path nothing;

    @Test
    void shouldNameEveryFigureAndThrowNothingWhereThePlatformTellsNothing() {
        try (NoiseMeter meter = new NoiseMeter(new HostFiles(nothing))) {
            meter.begin();
            NoiseReport report = meter.end();

            assertThat(report.values()).containsOnlyKeys(NoiseFigure.values());
            assertThat(report.of(Scope.HOST).values()).noneMatch(NoiseValue::isKnown);
            assertThat(report.value(NoiseFigure.SAFEPOINT_TIME).text())
                    .startsWith("unavailable: this JVM shows no counter");
            assertThat(report.value(NoiseFigure.GC_COUNT).isKnown()).isTrue();
        }
    }

    @Test
    void shouldCountTheCollectionsOfThisJvm() {
        try (NoiseMeter meter = new NoiseMeter(HostFiles.ofThisHost())) {
            meter.begin();
            meter.startTiming();
            System.gc();
            meter.stopTiming();
            NoiseReport report = meter.end();

            assertThat(report.value(NoiseFigure.GC_COUNT).value()).isPositive();
            assertThat(report.durationNs()).isPositive();
        }
    }

    @Test
    void shouldGoFromOneProcessToAnotherAsTexts() {
        NoiseReport report = new NoiseReport(
                5, Map.of(NoiseFigure.GC_TIME, NoiseValue.of(1.5), NoiseFigure.STEAL, NoiseValue.unavailable("why")));

        assertThat(report.texts()).containsEntry("gc", "1.5").containsEntry("steal", "unavailable: why");
        assertThat(NoiseReport.parse(report.texts())).isEqualTo(report);
        assertThat(NoiseReport.parse(Map.of("gc", "much", "new", "1"))
                        .value(NoiseFigure.GC_TIME)
                        .text())
                .isEqualTo("unavailable: 'much' is no number");
    }

    @Test
    void shouldWriteNumbersShortAndNeverAsZeroWhenUnknown() {
        assertThat(NoiseValue.of(0).text()).isEqualTo("0");
        assertThat(NoiseValue.of(100).text()).isEqualTo("100");
        assertThat(NoiseValue.of(0.12345).text()).isEqualTo("0.123");
        assertThat(NoiseValue.unavailable("unavailable: why").text()).isEqualTo("unavailable: why");
        assertThatThrownBy(() -> new NoiseValue(1, "why")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadTheCountersThatAJvmKeepsInAFile() {
        assertThat(JvmSnapshot.safepoint(PerformanceCounters.parse(counters(3_000_000, 1_000_000_000))))
                .isEqualTo(NoiseValue.of(3));
        assertThat(PerformanceCounters.parse(ByteBuffer.allocate(64))).isEmpty();
        ByteBuffer half = counters(1, 1);
        half.limit(half.limit() - 4);
        assertThat(PerformanceCounters.parse(half)).hasSize(1);
        assertThat(JvmSnapshot.safepoint(Map.of()).isKnown()).isFalse();
    }

    private static ByteBuffer counters(long safepointTicks, long ticksPerSecond) {
        ByteBuffer file = ByteBuffer.allocate(32 + 2 * 64);
        file.putInt(0xcafec0c0).put((byte) 1).put((byte) 2);
        file.order(ByteOrder.LITTLE_ENDIAN).putInt(24, 32).putInt(28, 2);
        entry(file, 32, "sun.rt.safepointTime", safepointTicks);
        entry(file, 96, "sun.os.hrt.frequency", ticksPerSecond);
        return file;
    }

    private static void entry(ByteBuffer file, int at, String name, long value) {
        file.putInt(at, 64).putInt(at + 4, 20).putInt(at + 8, 0).put(at + 12, (byte) 'J');
        file.putInt(at + 16, 56).put(at + 20, name.getBytes(StandardCharsets.US_ASCII));
        file.putLong(at + 56, value);
    }
}
