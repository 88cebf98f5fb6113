package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.ClosedTrial;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.settings.Sends;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one message take to the server and back, when nothing else is under way?
 *
 * <p>A closed loop: it hides every stall but its own, and says nothing about a loaded transport. Its baselines are the loops of
 * the same kind in {@link BaselineBenchmark}; {@code inproc} is the harness's own floor.
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
public class RoundTripBenchmark {
    private static final int BATCH = 1_000;

    /** The transport's spec string. */
    @Param({"tcp-blocking", "tcp-nio", "aeron-udp", "aeron-ipc", "inproc"})
    public String transport;

    /** The length of each message in bytes, header included. */
    @Param({"32", "256", "1024"})
    public int messageBytes;

    /** Where the server runs: process, thread, or an address at which one listens. */
    @Param("process")
    public String server;

    /** The measuring thread's processor: auto, none or a number. */
    @Param("auto")
    public String clientCpu;

    /** The serving thread's processor: auto, none or a number. */
    @Param("auto")
    public String serverCpu;

    /** How long the server works on each message: none, constant:1ms, exponential:1ms or stall:200ms/1200ms. */
    @Param("none")
    public String service;

    private ClosedTrial trial;
    private ClosedLoop loop;

    /** Opens both ends, and checks every byte of some messages. */
    @Setup(Level.Trial)
    public void open() {
        trial = ClosedTrial.open(
                new TrialSettings(transport, Sends.EACH, messageBytes, server, clientCpu, serverCpu, service));
        loop = trial.loop();
    }

    /** Starts to count anew. */
    @Setup(Level.Iteration)
    public void beginIteration() {
        trial.beginIteration();
    }

    /** Fails if either end saw a wrong message. */
    @TearDown(Level.Iteration)
    public void endIteration() {
        trial.endIteration();
    }

    /** Checks every byte once more, and closes both ends. */
    @TearDown(Level.Trial)
    public void close() {
        trial.close();
    }

    /**
     * One round trip, each timed: a distribution. JMH keeps a sample of them; the secondary rows {@code service} are of all.
     *
     * @return the message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long closed() {
        return loop.recordedRoundTrip();
    }

    /**
     * Round trips one after the other, timed together: the mean, for transports that are as fast as the clock ticks.
     *
     * @return the last message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(BATCH)
    public long closedBatch() {
        long sequence = 0;
        for (int i = 0; i < BATCH; i++) {
            sequence = loop.roundTrip();
        }
        return sequence;
    }
}
