package io.fizeau.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.jmh.LatencyProfiler;
import io.fizeau.bench.jmh.NoiseProfiler;
import io.fizeau.bench.jmh.ServerProfiler;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Guarantee;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The suites as a JMH user runs them, only shorter. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SuitesIT {
    static {
        // Another build on this machine may be running its own JMH.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @TempDir
    private Path folder;

    static Stream<String> transports() {
        return Transports.installed().transports().values().stream()
                .filter(transport -> Transports.installed()
                        .resolve(transport.name())
                        .availability()
                        .isAvailable())
                .map(transport -> transport.name());
    }

    static Stream<String> reliableTransports() {
        return transports()
                .filter(name ->
                        Transports.installed().resolve(name).guarantees().has(Guarantee.RELIABLE));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldMeasureRoundTrips(final String transport) throws Exception {
        final Path notes = folder.resolve("notes.json");
        final RunResult result = run("RoundTripBenchmark.closed$", transport, 32, "-Dfizeau.notes=" + notes);
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "server:messages")).isPositive();
        assertThat(secondary(result, "server:alloc.norm")).isNotNegative();
        assertThat(secondary(result, "server:cpu.norm")).isPositive();
        assertThat(Files.readString(notes)).contains("\"clientCpu\":", "\"serverCpu\":");
        assertThat(secondary(result, "noise:hiccup.max")).isNotNegative();
        assertThat(secondary(result, "noise:gc.count")).isNotNegative();
        assertThat(Files.readString(folder.resolve("noise.json")))
                .contains("\"iteration\":1", "\"fork\":{", "\"server\":", "\"host\":{");
        final boolean hasProcess =
                Transports.installed().resolve(transport).guarantees().has(Guarantee.CROSSES_PROCESSES);
        assertThat(result.getSecondaryResults().containsKey("noise:server.hiccup.max"))
                .isEqualTo(hasProcess);
        assertThat(Files.exists(folder.resolve("server.json"))).isEqualTo(hasProcess);
    }

    @Test
    void shouldTellWhichShareOfASpinningServersPollsFoundSomething() throws Exception {
        assertThat(secondary(run("RoundTripBenchmark.closed$", "tcp-nio", 32), "server:polls.useful"))
                .isBetween(1e-6, 1.0);
        assertThat(run("RoundTripBenchmark.closed$", "tcp-blocking", 32).getSecondaryResults())
                .doesNotContainKey("server:polls.useful");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldMeasureBatchesOfRoundTrips(final String transport) throws Exception {
        assertThat(run("RoundTripBenchmark.closedBatch", transport, 256)
                        .getPrimaryResult()
                        .getScore())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCountMessagesOneWayWhereTheyArrive(final String transport) throws Exception {
        final RunResult result = run("ThroughputBenchmark.oneWay", transport, 1024);
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "server:messages")).isPositive();
        if (Transports.installed().resolve(transport).guarantees().has(Guarantee.RELIABLE)) {
            assertThat(secondary(result, "lost")).isZero();
        } else {
            // On a busy host the receiver's socket buffer overflows; what is lost must not be counted as arrived.
            assertThat(secondary(result, "lost")).isNotNegative();
        }
        assertThat(secondary(result, "refused")).isNotNegative();
    }

    @Test
    void shouldFailTheRowOfATransportThatReturnsWrongBytes() {
        assertRowFails("RoundTripBenchmark.closed$", "faulty?fault=corrupt", "wrong messages");
    }

    @Test
    void shouldFailTheRowOfATransportThatDeliversWrongBytesOneWay() {
        assertRowFails("ThroughputBenchmark.oneWay", "faulty?fault=corrupt", "wrong messages");
    }

    @Test
    void shouldFailTheRowOfATransportThatLosesWhatItPromisedToDeliver() {
        assertRowFails("ThroughputBenchmark.oneWay", "faulty?fault=drop", "promises to deliver");
    }

    @Test
    void shouldSayInOneLineThatMessagesAreTooLong() {
        assertThatThrownBy(() -> run("RoundTripBenchmark.closed$", "faulty", 10_000))
                .satisfies(
                        thrown -> assertThat(deepestMessage(thrown))
                                .isEqualTo(
                                        "messageBytes=10000 must be from 32 (the header) to 8192 (the transport's longest message)"));
    }

    @Test
    void shouldSayInOneLineThatABadLinkIsMissing() {
        assertThatThrownBy(() -> new Runner(options("LossRecoveryBenchmark.closed")
                                .param("transport", "tcp-nio")
                                .param("impair", "loss=1%:delay=1ms")
                                .build())
                        .run())
                .satisfies(thrown -> assertThat(deepestMessage(thrown))
                        .isEqualTo("impair=loss=1%:delay=1ms needs a link and there is none: start it with ./fizeau run"
                                + " --impair ..."));
        assertThatThrownBy(() -> new Runner(options("BlackoutBenchmark")
                                .param("transport", "tcp-nio")
                                .build())
                        .run())
                .satisfies(thrown -> assertThat(deepestMessage(thrown)).contains("a blackout needs a link"));
    }

    @Test
    void shouldMeasureTheSuitesOfABadLinkOverTheLoopbackAsItIs() throws Exception {
        for (final String transport : List.of("tcp-nio", "aeron-udp")) {
            final RunResult result = run("GoodputBenchmark.oneWay", transport, 8192);
            assertThat(secondary(result, "goodput")).isPositive();
            assertThat(secondary(result, "goodput:lost")).isZero();
            assertThat(secondary(result, "wire:perPayloadByte")).isGreaterThan(1);
        }
    }

    @Test
    void shouldCountLostMessagesOfATransportThatDoesNotPromiseToDeliver() throws Exception {
        final RunResult result = run("ThroughputBenchmark.oneWay", "faulty?fault=drop&reliable=false", 256);
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "lost")).isPositive();
    }

    @ParameterizedTest
    @MethodSource("reliableTransports")
    void shouldMeasureWhatANewConnectionTakes(final String transport) throws Exception {
        final RunResult result = run("ConnectionBenchmark.setUp", transport, 32);
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "service:max")).isGreaterThanOrEqualTo(secondary(result, "opened:max"));
        assertThat(secondary(result, "server:messages")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldCountNewConnectionsThatAreMadeManyAtOnce(final String transport) throws Exception {
        final RunResult result = run("ConnectionBenchmark.handshakes", transport, 32);
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "client:cpu.norm")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-nio?wait=select", "tcp-blocking", "inproc"})
    void shouldEchoOnManyConnections(final String transport) throws Exception {
        final RunResult result = one(options("ConnectionBenchmark.echoed")
                .param("transport", transport)
                .param("connections", "50"));
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "service")).isPositive();
        assertThat(secondary(result, "server:messages")).isPositive();
    }

    @Test
    void shouldTellTheMemoryOfEachOfManyConnectionsAtBothEnds() throws Exception {
        final RunResult result = one(options("ConnectionBenchmark.echoed")
                .param("transport", "tcp-nio")
                .param("connections", "600")
                .param("clientThreads", "2"));
        // An object or more for each; how much more is for a benchmark to say.
        assertThat(secondary(result, "client:memory.heap")).isPositive();
        assertThat(secondary(result, "server:memory.heap")).isPositive();
        assertThat(result.getSecondaryResults()).containsKeys("client:memory.outside", "server:memory.outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldSendFromOneServerToManyReceivers(final String transport) throws Exception {
        final RunResult result = one(options("ConnectionBenchmark.fannedOut")
                .param("transport", transport)
                .param("receivers", "20"));
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "service:max")).isGreaterThanOrEqualTo(secondary(result, "copy:max"));
    }

    @Test
    void shouldRefuseToMeasureManyConnectionsOfWhatMayLoseMessages() {
        assertRowFails("ConnectionBenchmark.fannedOut", "udp", "promise to deliver");
    }

    @Test
    void shouldMeasureWhatALayerAddsByTheLoopsOfTheOtherSuites() throws Exception {
        for (final String transport : List.of("tcp-nio", "tcp-nio+crc32c")) {
            final RunResult closed = run("SecurityBenchmark.closed", transport, 1024);
            assertThat(secondary(closed, "service")).isPositive();
            final RunResult oneWay = run("SecurityBenchmark.oneWay", transport, 1024);
            assertThat(oneWay.getPrimaryResult().getScore()).isPositive();
            assertThat(secondary(oneWay, "lost")).isZero();
            assertThat(secondary(oneWay, "refused")).isNotNegative();
        }
    }

    @Test
    void shouldListTheSuites() {
        assertThat(BenchmarkList.defaultList()
                        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()))
                .extracting(BenchmarkListEntry::getUsername)
                .contains(
                        "io.fizeau.bench.suite.RoundTripBenchmark.closed",
                        "io.fizeau.bench.suite.RoundTripBenchmark.closedBatch",
                        "io.fizeau.bench.suite.OpenLoopBenchmark.offered",
                        "io.fizeau.bench.suite.ThroughputBenchmark.oneWay",
                        "io.fizeau.bench.suite.BaselineBenchmark.closed",
                        "io.fizeau.bench.suite.LossRecoveryBenchmark.offered",
                        "io.fizeau.bench.suite.LossRecoveryBenchmark.closed",
                        "io.fizeau.bench.suite.GoodputBenchmark.oneWay",
                        "io.fizeau.bench.suite.BlackoutBenchmark.streamed",
                        "io.fizeau.bench.suite.ConnectionBenchmark.setUp",
                        "io.fizeau.bench.suite.ConnectionBenchmark.handshakes",
                        "io.fizeau.bench.suite.ConnectionBenchmark.echoed",
                        "io.fizeau.bench.suite.ConnectionBenchmark.fannedOut",
                        "io.fizeau.bench.suite.SecurityBenchmark.closed",
                        "io.fizeau.bench.suite.SecurityBenchmark.oneWay");
    }

    private static void assertRowFails(final String benchmark, final String transport, final String why) {
        assertThatThrownBy(() -> run(benchmark, transport, 256))
                .isInstanceOf(RunnerException.class)
                .satisfies(thrown -> assertThat(deepestMessage(thrown)).contains(why));
    }

    /** JMH wraps what a benchmark threw, partly as suppressed exceptions. */
    private static String deepestMessage(final Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null || deepest.getSuppressed().length > 0) {
            deepest = deepest.getCause() != null ? deepest.getCause() : deepest.getSuppressed()[0];
        }
        return String.valueOf(deepest.getMessage());
    }

    private static double secondary(final RunResult result, final String label) {
        final Result<?> found = result.getSecondaryResults().get(label);
        assertThat(found).as("secondary result %s", label).isNotNull();
        return found.getScore();
    }

    private static RunResult run(
            final String benchmark, final String transport, final int messageBytes, final String... jvmArgs)
            throws RunnerException {
        final ChainedOptionsBuilder options = options(benchmark)
                .param("transport", transport)
                .param("messageBytes", Integer.toString(messageBytes))
                .jvmArgsAppend(jvmArgs);
        if (benchmark.startsWith("Throughput")) {
            options.param("sends", "gathered");
        }
        return one(options);
    }

    private static RunResult one(final ChainedOptionsBuilder options) throws RunnerException {
        final Collection<RunResult> results = new Runner(options.build()).run();
        assertThat(results).hasSize(1);
        return List.copyOf(results).get(0);
    }

    private static ChainedOptionsBuilder options(final String benchmark) {
        return new OptionsBuilder()
                .include(benchmark)
                .addProfiler(NoiseProfiler.class)
                .addProfiler(ServerProfiler.class)
                .addProfiler(LatencyProfiler.class)
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(200))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }
}
