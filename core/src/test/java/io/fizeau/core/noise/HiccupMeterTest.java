package io.fizeau.core.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HiccupMeterTest {
    private static final long MS = 1_000_000;
    private static final Offset<Double> PRECISION = within(0.2);

    @Test
    void shouldCountOnlyWhatASleepTookTooLong() {
        HiccupMeter meter = new HiccupMeter();
        for (int i = 0; i < 98; i++) {
            meter.onWake(0, 10 * MS);
        }
        meter.onWake(0, 12 * MS);
        meter.onWake(0, 22 * MS);

        Map<NoiseFigure, NoiseValue> noise = meter.take(0);
        assertThat(noise.get(NoiseFigure.HICCUP_MAX).value()).isCloseTo(12, PRECISION);
        assertThat(noise.get(NoiseFigure.HICCUP_P99).value()).isCloseTo(2, PRECISION);
        assertThat(noise.get(NoiseFigure.HICCUP_COUNT)).isEqualTo(NoiseValue.of(2));
    }

    @Test
    void shouldStartAnewWithEachInterval() {
        HiccupMeter meter = new HiccupMeter();
        meter.onWake(0, 13 * MS);
        meter.take(0);
        assertThat(meter.take(0).values()).noneMatch(NoiseValue::isKnown);
        meter.onWake(0, 13 * MS);
        meter.reset();
        assertThat(meter.take(0).values()).noneMatch(NoiseValue::isKnown);
    }

    @Test
    void shouldNotReportSilenceWhenItNeverWoke() {
        try (HiccupMeter meter = new HiccupMeter()) {
            meter.start();
            assertThat(meter.take(System.nanoTime() + 60_000 * MS)
                            .get(NoiseFigure.HICCUP_MAX)
                            .value())
                    .isGreaterThan(40_000);
        }
    }

    @Test
    void shouldSleepAndNoteByItself() {
        try (HiccupMeter meter = new HiccupMeter()) {
            meter.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> meter.take(System.nanoTime())
                            .get(NoiseFigure.HICCUP_MAX)
                            .isKnown());
        }
    }
}
