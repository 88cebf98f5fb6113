package io.fizeau.results.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.run.Row;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeasuresTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameThePercentilesOfASampledRowAndNotJmhsCopiesOfThem() {
        final Row row = RunReader.read(Path.of("src/test/resources/jmh-1.37.json")).rows().stream()
                .filter(r -> r.mode().equals("sample"))
                .findFirst()
                .orElseThrow();

        final List<String> names = Measures.of(row).stream().map(Measure::name).toList();

        assertThat(names).startsWith("p50").contains("max").noneMatch(name -> name.matches("p\\d\\.\\d+"));
        assertThat(Measures.headline(row)).map(Measure::better).contains(Direction.LESS);
    }

    @Test
    void shouldConvertTimesAndRatesAndKeepAnUnknownUnit() throws IOException {
        final Path file = folder.resolve("jmh.json");
        Files.writeString(
                file,
                "[" + result("a.B.time", "avgt", "us/op", 3) + "," + result("a.B.rate", "thrpt", "ops/ms", 4) + ","
                        + result("a.B.other", "avgt", "furlongs", 5) + "]");

        final List<Row> rows = RunReader.read(file).rows();

        assertHeadline(rows.get(0), "time", "ns", Direction.LESS, 3_000);
        assertHeadline(rows.get(1), "rate", "1/s", Direction.MORE, 4_000);
        assertHeadline(rows.get(2), "score", "furlongs", Direction.LESS, 5);
        assertThat(Measures.find(rows.get(0), "rate")).isEmpty();
        final Measure allocated =
                Measures.find(rows.get(0), "gc.alloc.rate.norm").orElseThrow();
        assertThat(allocated.unit()).isEqualTo("B/op");
        assertThat(allocated.better()).isEqualTo(Direction.LESS);
        final Measure counted = Measures.find(rows.get(0), "seen").orElseThrow();
        assertThat(counted.of(rows.get(0).forks().get(0))).isEqualTo(14.0);
        assertThat(counted.better()).isEqualTo(Direction.NEITHER);
    }

    private static void assertHeadline(
            final Row row, final String name, final String unit, final Direction better, final double value) {
        final Measure headline = Measures.headline(row).orElseThrow();
        assertThat(headline.name()).isEqualTo(name);
        assertThat(headline.unit()).isEqualTo(unit);
        assertThat(headline.better()).isEqualTo(better);
        assertThat(headline.of(row.forks().get(0))).isCloseTo(value, within(1e-9));
    }

    private static String result(final String benchmark, final String mode, final String unit, final double score) {
        final String metric = "{\"score\":%s,\"scoreUnit\":\"%s\",\"rawData\":[[%s,%s]]}";
        return ("{\"benchmark\":\"" + benchmark + "\",\"mode\":\"" + mode + "\",\"primaryMetric\":"
                        + metric.formatted(score, unit, score, score) + ",\"secondaryMetrics\":{\"gc.alloc.rate.norm\":"
                        + metric.formatted(1, "B/op", 1, 1) + ",\"seen\":" + metric.formatted(7, "#", 7, 7))
                + "}}";
    }
}
