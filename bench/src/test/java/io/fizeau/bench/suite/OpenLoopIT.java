package io.fizeau.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.jmh.LatencyProfiler;
import io.fizeau.bench.jmh.LatencyResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The open loop as a JMH user runs it, only shorter: two forks of two iterations. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenLoopIT {
    private static final int FORKS = 2;
    private static final int ITERATIONS = 2;

    static {
        // Another build on this machine may be running its own JMH.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-nio",
                "tcp-blocking",
                "tcp-nio?wait=select",
                "aeron-udp",
                "aeron-ipc",
                "inproc",
                "tcp-nio+crc32c"
            })
    void shouldMergePercentilesOfAllMessagesAndAccountForEach(final String transport) throws Exception {
        final RunResult result = run("OpenLoopBenchmark", transport, "poisson");
        final LatencyResult response =
                (LatencyResult) result.getSecondaryResults().get("response");

        final double due = score(result, "ledger:due");
        assertThat(due).isPositive();
        assertThat(score(result, "ledger:accepted") + score(result, "ledger:unsent"))
                .isEqualTo(due);
        assertThat(score(result, "ledger:onTime") + score(result, "ledger:late") + score(result, "ledger:lost"))
                .isEqualTo(score(result, "ledger:accepted"));
        assertThat(score(result, "ledger:corrupt")).isZero();
        // Some 400 messages in an iteration: what the instrument copies at its end would be 20 kB and more for each.
        assertThat(score(result, "client:alloc.norm")).isBetween(0.0, 5_000.0);
        // Every message that fell due in any iteration of any fork stands in the merged distribution.
        assertThat((double) response.distribution().count()).isEqualTo(due);
        assertThat(score(result, "response:p50"))
                .isEqualTo((double) response.distribution().percentileNs(50));

        final Histogram logged = new Histogram(3);
        try (Stream<Path> files = Files.list(folder.resolve("hlog"))) {
            for (final Path file :
                    files.filter(f -> f.toString().endsWith("-response.hlog")).toList()) {
                assertThat(addAll(file, logged)).isEqualTo(ITERATIONS);
            }
        }
        assertThat((double) logged.getTotalCount())
                .as("in the logs of all forks")
                .isEqualTo(due);
        assertThat(logged.getValueAtPercentile(50))
                .isEqualTo(response.distribution().percentileNs(50));

        final JsonNode json = new ObjectMapper()
                .readTree(folder.resolve("result.json").toFile())
                .get(0)
                .get("secondaryMetrics");
        assertThat(json.get("response:p50").get("rawData"))
                .hasSize(FORKS)
                .allSatisfy(fork -> assertThat(fork).hasSize(ITERATIONS));
        assertThat(json.get("response:max").get("score").asDouble()).isEqualTo(score(result, "response:max"));
    }

    @ParameterizedTest
    @CsvSource({"inproc, 1, yield|spin", "tcp-blocking, 3, blocks"})
    void shouldNoteHowItsOwnThreadsWait(final String transport, final int receivers, final String how)
            throws Exception {
        final Path notes = folder.resolve("notes.json");
        final RunResult result = run("OpenLoopBenchmark", transport, "constant", receivers, "-Dfizeau.notes=" + notes);
        final JsonNode noted = new ObjectMapper().readTree(notes.toFile());
        assertThat(noted.get("clientWaits").asText()).matches("yield|spin");
        assertThat(noted.get("clientReceivers").asInt()).isEqualTo(receivers);
        assertThat(noted.get("clientReceiversWait").asText()).matches(how);
        if (transport.equals("inproc")) {
            assertThat(score(result, "client:polls.useful")).isBetween(1e-9, 1.0);
        } else {
            assertThat(result.getSecondaryResults()).doesNotContainKey("client:polls.useful");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldRecordEachRoundTripOfTheClosedLoop(final String transport) throws Exception {
        final RunResult result = run("RoundTripBenchmark.closed$", transport, "constant");
        final LatencyResult service =
                (LatencyResult) result.getSecondaryResults().get("service");

        assertThat(service.distribution().count())
                .as("JMH keeps a sample, we keep all")
                .isGreaterThanOrEqualTo(
                        result.getPrimaryResult().getStatistics().getN());
        assertThat(result.getSecondaryResults()).doesNotContainKey("ledger:due");
        assertThat(score(result, "client:cpu.norm")).isPositive();
        if (transport.equals("tcp-nio")) {
            assertThat(score(result, "client:polls.useful")).isBetween(0.0, 1.0);
        } else {
            assertThat(result.getSecondaryResults())
                    .as("who sleeps in the read has no useless ones")
                    .doesNotContainKey("client:polls.useful");
        }
    }

    private static int addAll(final Path log, final Histogram target) throws IOException {
        int intervals = 0;
        try (HistogramLogReader reader = new HistogramLogReader(new File(log.toString()))) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                target.add((Histogram) next);
                intervals++;
            }
        }
        return intervals;
    }

    private static double score(final RunResult result, final String label) {
        return result.getSecondaryResults().get(label).getScore();
    }

    private RunResult run(final String benchmark, final String transport, final String arrivals)
            throws RunnerException {
        return run(benchmark, transport, arrivals, 1);
    }

    private RunResult run(
            final String benchmark,
            final String transport,
            final String arrivals,
            final int connections,
            final String... jvmArgs)
            throws RunnerException {
        return List.copyOf(new Runner(new OptionsBuilder()
                                .include(benchmark)
                                .addProfiler(LatencyProfiler.class, "hlog=" + folder.resolve("hlog"))
                                .param("transport", transport)
                                .param("messageBytes", "64")
                                .param("rate", "2k")
                                .param("arrivals", arrivals)
                                .param("connections", Integer.toString(connections))
                                .param("clientThreads", jvmArgs.length == 0 ? "auto" : "2")
                                .jvmArgsAppend(jvmArgs)
                                .forks(FORKS)
                                .warmupIterations(1)
                                .warmupTime(TimeValue.milliseconds(100))
                                .measurementIterations(ITERATIONS)
                                .measurementTime(TimeValue.milliseconds(200))
                                .shouldFailOnError(true)
                                .verbosity(VerboseMode.SILENT)
                                .resultFormat(ResultFormatType.JSON)
                                .result(folder.resolve("result.json").toString())
                                .build())
                        .run())
                .get(0);
    }
}
