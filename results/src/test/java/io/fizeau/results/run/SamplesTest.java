package io.fizeau.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void shouldGiveTheSmallestSampleThatEnoughSamplesDoNotExceed() {
        final Samples samples = Samples.of(Map.of(10.0, 1L, 20.0, 2L, 30.0, 1L));
        assertThat(samples.percentile(0)).isEqualTo(10);
        assertThat(samples.percentile(25)).isEqualTo(10);
        assertThat(samples.percentile(25.1)).isEqualTo(20);
        assertThat(samples.percentile(50)).isEqualTo(20);
        assertThat(samples.percentile(75)).isEqualTo(20);
        assertThat(samples.percentile(76)).isEqualTo(30);
        assertThat(samples.percentile(100)).isEqualTo(30);
    }

    @Test
    void shouldNotLetRoundingMoveTheRank() {
        final Map<Double, Long> counts = new HashMap<>();
        for (int i = 1; i <= 1000; i++) {
            counts.put((double) i, 1L);
        }
        final Samples samples = Samples.of(counts);
        assertThat(samples.percentile(99.9)).isEqualTo(999);
        assertThat(samples.percentile(99)).isEqualTo(990);
        assertThat(samples.percentile(7)).isEqualTo(70);
    }

    @Test
    void shouldAgreeWithSortingEverySampleAfterMerging() {
        final long seed = 42;
        final Random random = new Random(seed);
        final List<Double> all = new ArrayList<>();
        final List<Samples> parts = new ArrayList<>();
        for (int part = 0; part < 5; part++) {
            final Map<Double, Long> counts = new HashMap<>();
            for (int i = 0; i < random.nextInt(400); i++) {
                final double value = random.nextInt(300);
                all.add(value);
                counts.merge(value, 1L, Long::sum);
            }
            parts.add(Samples.of(counts));
        }
        Collections.sort(all);
        final Samples merged = Samples.merge(parts);
        assertThat(merged.count()).as("seed %d", seed).isEqualTo(all.size());
        for (final double percent : new double[] {0, 1, 10, 50, 90, 99, 99.9, 100}) {
            final int rank = (int) Math.max(1, Math.ceil(percent / 100 * all.size() - 1e-9));
            assertThat(merged.percentile(percent))
                    .as("seed %d, p%s", seed, percent)
                    .isEqualTo(all.get(rank - 1));
        }
    }

    @Test
    void shouldHaveNoPercentileWithoutSamples() {
        assertThat(Samples.NONE.percentile(50)).isNaN();
        assertThat(Samples.merge(List.of()).count()).isZero();
        assertThat(Samples.of(Map.of(Double.NaN, 3L, 1.0, 0L)).count()).isZero();
    }

    @Test
    void shouldRefuseAPercentThatIsNone() {
        assertThatThrownBy(() -> Samples.NONE.percentile(101)).hasMessageContaining("101");
    }
}
