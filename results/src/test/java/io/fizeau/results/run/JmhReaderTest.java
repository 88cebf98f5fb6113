package io.fizeau.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhReaderTest {
    @TempDir
    private Path temp;

    @Test
    void shouldReadWhatJmhWrites() throws Exception {
        final Path file = Path.of(
                Objects.requireNonNull(getClass().getResource("/jmh-1.37.json")).toURI());
        final List<JmhResult> results = JmhReader.read(file);
        assertThat(results).hasSize(2);

        final JmhResult throughput = results.get(0);
        assertThat(throughput.benchmark()).isEqualTo("org.example.AnyBenchmark.oneWay");
        assertThat(throughput.key(false).simpleName()).isEqualTo("AnyBenchmark.oneWay");
        assertThat(throughput.mode()).isEqualTo("thrpt");
        assertThat(throughput.params()).containsEntry("transport", "tcp-nio");
        assertThat(throughput.primary().scoreError()).isNaN();
        assertThat(throughput.primary().forks()).hasSize(1);
        assertThat(throughput.primary().forks().get(0).median())
                .isCloseTo(throughput.primary().score(), within(1e-3));
        assertThat(throughput.secondary("gc.alloc.rate.norm").orElseThrow().unit())
                .isEqualTo("B/op");

        final JmhResult closed = results.get(1);
        final Samples samples = closed.primary().forks().get(0).merged();
        assertThat(closed.primary().forks().get(0).iterations()).hasSize(2);
        // JMH's own percentiles, in the same file.
        final JsonNode own = new ObjectMapper().readTree(file.toFile()).get(1).at("/primaryMetric/scorePercentiles");
        assertThat(samples.percentile(50)).isEqualTo(own.get("50.0").asDouble());
        assertThat(samples.percentile(100)).isEqualTo(own.get("100.0").asDouble());
    }

    @Test
    void shouldReadWhatJsonCannotSay() throws IOException {
        final JmhResult result = read("""
                [{"benchmark": "a.B.c", "mode": "thrpt", "primaryMetric":
                  {"score": "NaN", "scoreError": "+INF", "scoreUnit": "ops/s", "rawData": [["NaN", 3.0, "-INF", 5.0]]}}]""");
        assertThat(result.primary().score()).isNaN();
        assertThat(result.primary().scoreError()).isInfinite();
        assertThat(result.primary().forks().get(0).median()).isEqualTo(4);
        assertThat(result.secondary("gc.alloc.rate.norm")).isEmpty();
        assertThat(result.params()).isEmpty();
    }

    @Test
    void shouldFindALabelWithTheMiddleDotOfOlderVersions() throws IOException {
        final JmhResult result = read("""
                [{"benchmark": "a.B.c", "mode": "thrpt", "primaryMetric": {"score": 1, "scoreUnit": "ops/s", "rawData": [[1]]},
                  "secondaryMetrics": {"\\u00b7gc.count": {"score": 2, "scoreUnit": "counts", "rawData": [[2]]}}}]""");
        assertThat(result.secondary("gc.count").orElseThrow().score()).isEqualTo(2);
    }

    private JmhResult read(final String json) throws IOException {
        return JmhReader.read(Files.writeString(temp.resolve("x.json"), json)).get(0);
    }
}
