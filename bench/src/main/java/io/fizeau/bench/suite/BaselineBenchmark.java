package io.fizeau.bench.suite;

import io.fizeau.bench.baseline.BaselineTrial;
import io.fizeau.bench.baseline.Loop;
import io.fizeau.bench.baseline.OneWay;
import io.fizeau.bench.baseline.RoundTrips;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.probe.ClockProbe;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.settings.Sends;
import java.util.Arrays;
import java.util.List;
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
 * How fast would it be without the interface, and what does the clock add?
 *
 * <p>The loops are written by hand over what the transport of the same name uses, with the same frame, checks, waiting, threads
 * and pinning: {@link #closed} is to be laid beside {@link RoundTripBenchmark#closed}, {@link #closedBatch} beside
 * {@link RoundTripBenchmark#closedBatch}, {@link #oneWay} beside {@link ThroughputBenchmark#oneWay}.
 */
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
public class BaselineBenchmark {
    private static final int BATCH = 1_000;

    /** The steps between one reading of the clock and the next. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Ticks {
        /** A longer one is an interruption, which says nothing about the clock. */
        private static final int LONGEST_STEP_NS = 10_000;

        private final int[] steps = new int[LONGEST_STEP_NS];
        private long startNs;
        private long lastNs;

        /** Starts to count anew. */
        @Setup(Level.Iteration)
        public void reset() {
            Arrays.fill(steps, 0);
            startNs = System.nanoTime();
            lastNs = startNs;
        }

        /**
         * How many ticks the iteration has had. JMH divides its time by them.
         *
         * @return a count.
         */
        public long tick() {
            return Math.round((lastNs - startNs) / Math.max(1, ClockProbe.tick(steps)));
        }

        private long read() {
            final long nowNs = System.nanoTime();
            final long stepNs = nowNs - lastNs;
            if (stepNs > 0 && stepNs < LONGEST_STEP_NS) {
                steps[(int) stepNs]++;
            }
            lastNs = nowNs;
            return nowNs;
        }
    }

    /** A loop of round trips. */
    @State(Scope.Thread)
    public static class PingPong {
        /** Over what: the name of the transport that it is the baseline of. */
        @Param({"tcp-blocking", "tcp-nio", "aeron-udp", "aeron-ipc", "inproc"})
        public String loop;

        /** The length of each message in bytes, header included. */
        @Param({"32", "256", "1024"})
        public int messageBytes;

        /** The measuring thread's processor: auto, none or a number. */
        @Param("auto")
        public String clientCpu;

        /** The serving thread's processor: auto, none or a number. */
        @Param("auto")
        public String serverCpu;

        private BaselineTrial trial;
        private RoundTrips roundTrips;
        private final LatencyRecorder service = LatencyRecorder.withEpisodes();

        /** Opens both ends. */
        @Setup(Level.Trial)
        public void open() {
            trial = BaselineTrial.ofRoundTrips(Loop.parse(loop), messageBytes, clientCpu, serverCpu);
            try {
                roundTrips = trial.connectRoundTrips();
            } catch (final RuntimeException | Error e) {
                trial.close();
                throw e;
            }
        }

        /** Notes the server's figures. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            service.take();
            trial.beginIteration();
        }

        /** Leaves the figures for the profilers. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            final LatencyDistribution recorded = service.take();
            if (recorded.count() > 0) {
                LatencyFigures.ofClosed(recorded, List.of()).leave();
            }
            trial.endIteration();
        }

        /** As the suite's loop records. */
        private long recordedRoundTrip() {
            final long startNs = System.nanoTime();
            final long sequence = roundTrips.roundTrip();
            service.record(System.nanoTime() - startNs);
            return sequence;
        }

        /** Closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            try {
                roundTrips.close();
            } finally {
                trial.close();
            }
        }
    }

    /** A one-way loop. */
    @State(Scope.Thread)
    public static class Stream {
        /** Over what: the name of the transport that it is the baseline of. */
        @Param({"tcp-nio", "aeron-udp", "aeron-ipc"})
        public String loop;

        /** The length of each message in bytes, header included. */
        @Param({"32", "256", "1024"})
        public int messageBytes;

        /** Whether messages travel together: each or gathered. In shared memory that is the same. */
        @Param({"each", "gathered"})
        public String sends;

        /** The measuring thread's processor: auto, none or a number. */
        @Param("auto")
        public String clientCpu;

        /** The serving thread's processor: auto, none or a number. */
        @Param("auto")
        public String serverCpu;

        private BaselineTrial trial;
        private OneWay oneWay;

        /** Opens both ends. */
        @Setup(Level.Trial)
        public void open() {
            final Sends how = Sends.valueOf(sends.toUpperCase(Locale.ROOT));
            trial = BaselineTrial.ofOneWay(Loop.parse(loop), how, messageBytes, clientCpu, serverCpu);
            try {
                oneWay = trial.connectOneWay();
            } catch (final RuntimeException | Error e) {
                trial.close();
                throw e;
            }
        }

        /** Notes the server's figures. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            trial.beginIteration();
        }

        /** Waits for what is under way, so that the next iteration starts with nothing. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            oneWay.drain();
            trial.endIteration();
        }

        /** Closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            try {
                oneWay.close();
            } finally {
                trial.close();
            }
        }
    }

    /**
     * What does a reading of the clock cost? Every single round trip that is timed contains one.
     *
     * @return the reading.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long clockCost() {
        return System.nanoTime();
    }

    /**
     * In what steps does the clock move? The answer is the secondary result {@code tick}; the score is what a reading costs, with
     * this bookkeeping.
     *
     * @param steps counts them.
     * @return the reading.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long clockTick(final Ticks steps) {
        return steps.read();
    }

    /**
     * How long does one message take to the server and back, by a loop written by hand?
     *
     * @param loop the loop.
     * @return the message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long closed(final PingPong loop) {
        return loop.recordedRoundTrip();
    }

    /**
     * How long do round trips one after the other take by a loop written by hand, without a reading of the clock in each?
     *
     * @param loop the loop.
     * @return the last message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(BATCH)
    public long closedBatch(final PingPong loop) {
        long sequence = 0;
        for (int i = 0; i < BATCH; i++) {
            sequence = loop.roundTrips.roundTrip();
        }
        return sequence;
    }

    /**
     * How many messages a second arrive at the server, sent as fast as it goes by a loop written by hand?
     *
     * @param loop the loop.
     * @return how many have arrived.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(BATCH)
    public long oneWay(final Stream loop) {
        return loop.oneWay.advance(BATCH);
    }
}
