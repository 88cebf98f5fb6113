package io.fizeau.bench.runfolder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

@Timeout(60)
class JmhJsonIT {
    @TempDir
    Path directory;

    @Test
    void shouldMergeForksRunOneByOneAsIfJmhHadRunThemInOneGo() throws IOException, RunnerException {
        List<BenchmarkResult> forks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            forks.addAll(run("TinyBenchmark.sampled").getBenchmarkResults());
        }
        RunFolder folder = RunFolder.create(directory, Instant.EPOCH, "merge");
        folder.writeMerged("row", forks);

        JsonNode row = new ObjectMapper()
                .readTree(Files.readString(folder.path().resolve("jmh.json")))
                .get(0);
        assertThat(row.get("forks").asInt()).isEqualTo(3);
        assertThat(row.get("params").get("transport").asText()).isEqualTo("none");
        JsonNode histogram = row.get("primaryMetric").get("rawDataHistogram");
        assertThat(histogram).hasSize(3).allSatisfy(fork -> assertThat(fork).hasSize(2));
        long samples = 0;
        double slowest = 0;
        for (JsonNode fork : histogram) {
            for (JsonNode iteration : fork) {
                for (JsonNode bucket : iteration) {
                    samples += bucket.get(1).asLong();
                    slowest = Math.max(slowest, bucket.get(0).asDouble());
                }
            }
        }
        long expected = 0;
        for (BenchmarkResult fork : forks) {
            expected += fork.getPrimaryResult().getSampleCount();
        }
        assertThat(samples).isEqualTo(expected);
        assertThat(row.get("primaryMetric").get("scorePercentiles").get("100.0").asDouble())
                .isEqualTo(slowest);
    }

    private static RunResult run(String benchmark) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include(benchmark)
                                .forks(1)
                                .warmupIterations(0)
                                .measurementIterations(2)
                                .measurementTime(TimeValue.milliseconds(20))
                                .build(),
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(new ByteArrayOutputStream()), VerboseMode.SILENT))
                .runSingle();
    }
}
