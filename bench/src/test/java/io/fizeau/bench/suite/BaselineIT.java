package io.fizeau.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.jmh.ServerProfiler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each baseline as a JMH user runs it, only shorter, so that none of them rots. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BaselineIT {
    @ParameterizedTest
    @ValueSource(strings = {"tcp-blocking", "tcp-nio", "aeron-udp", "aeron-ipc", "inproc"})
    void shouldMeasureRoundTripsByHand(final String loop) throws RunnerException {
        final RunResult result = run(options("closed$").param("loop", loop).param("messageBytes", "32"));
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "server:messages")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aeron-ipc", "inproc"})
    void shouldMeasureBatchesByHand(final String loop) throws RunnerException {
        assertThat(run(options("closedBatch").param("loop", loop).param("messageBytes", "1024"))
                        .getPrimaryResult()
                        .getScore())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-nio, each, 32",
        "tcp-nio, gathered, 1024",
        "aeron-udp, each, 32",
        "aeron-udp, gathered, 1024",
        "aeron-ipc, gathered, 256"
    })
    void shouldCountMessagesOneWayByHand(final String loop, final String sends, final String messageBytes)
            throws RunnerException {
        final RunResult result =
                run(options("oneWay").param("loop", loop).param("sends", sends).param("messageBytes", messageBytes));
        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, "server:messages")).isPositive();
    }

    @Test
    void shouldMeasureWhatTheClockCosts() throws RunnerException {
        assertThat(run(options("clockCost")).getPrimaryResult().getScore()).isPositive();
    }

    @Test
    void shouldMeasureTheTickOfTheClock() throws RunnerException {
        assertThat(secondary(run(options("clockTick")), "tick")).isPositive();
    }

    private static ChainedOptionsBuilder options(final String method) {
        return new OptionsBuilder()
                .include("BaselineBenchmark." + method)
                .addProfiler(ServerProfiler.class)
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(100))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static RunResult run(final ChainedOptionsBuilder options) throws RunnerException {
        final Collection<RunResult> results = new Runner(options.build()).run();
        assertThat(results).hasSize(1);
        return List.copyOf(results).get(0);
    }

    private static double secondary(final RunResult result, final String label) {
        assertThat(result.getSecondaryResults()).containsKey(label);
        return result.getSecondaryResults().get(label).getScore();
    }
}
