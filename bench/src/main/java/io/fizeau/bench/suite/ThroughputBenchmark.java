package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.StreamTrial;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.core.load.CreditedStream;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.settings.Sends;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * How many messages a second arrive at the server, when the client sends as fast as the transport takes them?
 *
 * <p>Counted where they arrive, by cumulative credit: what was sent and did not arrive counts for nothing. Its baselines are the
 * one-way loops in {@link BaselineBenchmark}.
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
public class ThroughputBenchmark {
    private static final int BATCH = 1_000;

    /** The transport's spec string. */
    @Param({"tcp-blocking", "tcp-nio", "aeron-udp", "aeron-ipc", "inproc"})
    public String transport;

    /** The length of each message in bytes, header included. */
    @Param({"32", "256", "1024"})
    public int messageBytes;

    /** Whether messages may travel together: each or gathered. */
    @Param({"each", "gathered"})
    public String sends;

    /** Where the server runs: process, thread, or an address at which one listens. */
    @Param("process")
    public String server;

    /** The measuring thread's processor: auto, none or a number. */
    @Param("auto")
    public String clientCpu;

    /** The serving thread's processor: auto, none or a number. */
    @Param("auto")
    public String serverCpu;

    private StreamTrial trial;
    private CreditedStream stream;
    private Fates fates;

    /** What else became of the messages of an iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Fates {
        /** How many never arrived. */
        public long lost;

        /** How often the transport did not take a message; it was offered again. */
        public long refused;
    }

    /** Opens both ends, and checks every byte of some messages. */
    @Setup(Level.Trial)
    public void open() {
        trial = StreamTrial.open(new TrialSettings(
                transport, Sends.valueOf(sends.toUpperCase(Locale.ROOT)), messageBytes, server, clientCpu, serverCpu));
        stream = trial.stream();
    }

    /** Starts to count anew. */
    @Setup(Level.Iteration)
    public void beginIteration() {
        trial.beginIteration();
    }

    /**
     * Waits for what is under way; fails if a wrong message arrived, or one is missing that was promised.
     */
    @TearDown(Level.Iteration)
    public void endIteration() {
        final PhaseCounts counts = trial.endIteration();
        fates.lost = counts.lost();
        fates.refused = counts.refused();
    }

    /** Checks every byte once more, and closes both ends. */
    @TearDown(Level.Trial)
    public void close() {
        trial.close();
    }

    /**
     * Messages one way until so many more have arrived.
     *
     * @param fates gets what else became of them.
     * @return how many have arrived in this iteration.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(BATCH)
    public long oneWay(final Fates fates) {
        // JMH lets one method of a benchmark have it, and the counts come at the iteration's end.
        this.fates = fates;
        return stream.advance(BATCH);
    }
}
