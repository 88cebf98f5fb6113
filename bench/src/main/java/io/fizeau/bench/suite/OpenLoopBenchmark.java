package io.fizeau.bench.suite;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.OpenLoop;
import io.fizeau.core.settings.Sends;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What is the latency of a message at a given load, counted from when the message was due?
 *
 * <p>An open loop: messages leave on a schedule that never asks whether the last one came back, and the far end sends each one
 * back. The score is the rate that was achieved; the latencies and what became of each message are secondary rows, which
 * {@link io.fizeau.bench.jmh.LatencyProfiler} makes. Its baseline is {@code inproc}, and the closed loop in
 * {@link RoundTripBenchmark}, which shows what is hidden by waiting for each answer.
 */
@State(Scope.Thread)
@Threads(1)
@Fork(
        value = 2,
        jvmArgs = {
            BenchmarkJvm.ADD_OPENS,
            BenchmarkJvm.NATIVE_ACCESS,
            BenchmarkJvm.COLLECTOR,
            BenchmarkJvm.HEAP_MIN,
            BenchmarkJvm.HEAP_MAX
        })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OpenLoopBenchmark {
    private static final int VERIFIED_MESSAGES = 200;

    /** The transport's spec string. */
    @Param({"tcp-blocking", "tcp-nio", "aeron-udp", "aeron-ipc", "inproc"})
    public String transport;

    /** The length of each message in bytes, header included. */
    @Param({"32", "256", "1024"})
    public int messageBytes;

    /** Messages a second, offered over all connections: 10000, 10k, 1M. */
    @Param("10k")
    public String rate;

    /** How messages fall due: constant, poisson or burst:N. */
    @Param("constant")
    public String arrivals;

    /** Over how many connections they go in turn. */
    @Param("1")
    public int connections;

    /** Whether the sending thread takes the answers between two messages (1) or another one does (2); auto: what suits the transport. */
    @Param("auto")
    public String clientThreads;

    /** After this time a message is late, and so long an iteration waits for its last ones. */
    @Param("1s")
    public String deadline;

    /** How long the server works on each message: none, constant:1ms, exponential:1ms or stall:200ms/1200ms. */
    @Param("none")
    public String service;

    /** What random intervals follow from. */
    @Param("42")
    public long seed;

    /** Where the server runs: process, thread, or an address at which one listens. */
    @Param("process")
    public String server;

    /** The sending thread's processor: auto, none or a number. */
    @Param("auto")
    public String clientCpu;

    /** The serving thread's processor: auto, none or a number. */
    @Param("auto")
    public String serverCpu;

    private TrialEnds ends;
    private OpenLoop loop;

    /**
     * Opens both ends, and checks every byte of some messages.
     *
     * @param params says how long iterations are, so that room is made before them.
     */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) {
        final OpenLoopTrial trial = OpenLoopTrial.parse(rate, arrivals, connections, clientThreads, deadline, seed);
        ends = TrialEnds.open(new TrialSettings(
                trial.specFor(transport), Sends.EACH, messageBytes, server, clientCpu, serverCpu, service));
        try {
            loop = ends.connectOpenLoop(trial);
            loop.reserve(OpenLoopTrial.longestIterationSeconds(params));
            loop.verify(VERIFIED_MESSAGES);
        } catch (final RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Starts the schedule anew. */
    @Setup(Level.Iteration)
    public void beginIteration() {
        loop.begin(Check.SEQUENCE);
        ends.beginIteration();
    }

    /** Waits for what is under way, and closes the account. */
    @TearDown(Level.Iteration)
    public void endIteration() {
        loop.finish();
        ends.endMessages();
        final PhaseReport report = loop.report();
        LatencyFigures.of(report, ends.cost(report.counts().accepted(), loop.usefulPollShare()))
                .leave();
        ends.endIteration();
    }

    /** Checks every byte once more, and closes both ends. */
    @TearDown(Level.Trial)
    public void verifyAndClose() {
        try {
            loop.verify(VERIFIED_MESSAGES);
        } finally {
            close();
        }
    }

    /**
     * One message: waits until it is due, and sends it.
     *
     * @return its sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public long offered() {
        return loop.sendNext();
    }

    private void close() {
        if (loop != null) {
            loop.close();
        }
        ends.close();
    }
}
