package io.fizeau.bench.suite;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.HitEstimate;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.bench.trial.TheoryRows;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.load.OpenLoop;
import io.fizeau.core.load.PhaseCounts;
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
 * How long does a message take when packets are lost, and by how much do those take longer that a loss has hit?
 *
 * <p>{@link #offered} is the open loop of {@link OpenLoopBenchmark} over a bad link: what waits behind a lost packet is counted from
 * when it was due. {@link #closed} is the closed loop beside it, in which one message is under way: no later packet shows a loss, so
 * that only a timer repairs it. The baseline of each is the same row at {@code loss} 0.
 *
 * <p>Secondary rows: the percentiles of all messages; {@code hit.estimated} of those that a loss has hit
 * ({@link HitEstimate}); {@code hit.known} the same where traces of both ends tell which those are, over our own protocols
 * ({@link io.fizeau.bench.trial.HitTraces}); what the protocol did ({@link io.fizeau.bench.protocol.ProtocolWatch}); {@code theory:} what the textbook
 * says ({@link TheoryRows}).
 */
@Threads(1)
@Fork(
        value = 2,
        jvmArgs = {
            BenchmarkJvm.ADD_OPENS,
            BenchmarkJvm.NATIVE_ACCESS,
            BenchmarkJvm.COLLECTOR,
            BenchmarkJvm.HEAP_MIN,
            BenchmarkJvm.HEAP_MAX,
            BenchmarkJvm.TRACES
        })
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 2, time = 5)
public class LossRecoveryBenchmark {
    /** At 20 % loss each of them may take a second. */
    private static final int VERIFIED_MESSAGES = 10;

    /** Both ends, with a loop whose schedule asks nobody. */
    @State(Scope.Thread)
    public static class Offered extends ImpairedParams {
        /** The length of each message in bytes, header included. */
        @Param("256")
        public int messageBytes;

        /** Messages a second: 500, 1k. */
        @Param("500")
        public String rate;

        /** How messages fall due: constant, poisson or burst:N. */
        @Param("constant")
        public String arrivals;

        /** Whether the sending thread takes the answers between two messages (1) or another one does (2), or auto. */
        @Param("auto")
        public String clientThreads;

        /** After this time a message is late, and so long an iteration waits for its last ones. */
        @Param("10s")
        public String deadline;

        /** What random intervals follow from. */
        @Param("42")
        public long seed;

        private TrialEnds ends;
        private OpenLoop loop;
        private double gapNs;

        /**
         * Opens both ends, and checks every byte of some messages.
         *
         * @param params says how long iterations are, so that room is made before them.
         */
        @Setup(Level.Trial)
        public void open(final BenchmarkParams params) {
            final OpenLoopTrial trial = OpenLoopTrial.parse(rate, arrivals, 1, clientThreads, deadline, seed);
            gapNs = TimeUnit.SECONDS.toNanos(1) / trial.arrivals().ratePerSecond();
            ends = openEnds(trial.specFor(transport), Sends.EACH, messageBytes);
            try {
                loop = ends.connectOpenLoop(trial);
                loop.reserve(OpenLoopTrial.longestIterationSeconds(params));
                loop.verify(VERIFIED_MESSAGES);
                ends.noteConnection();
            } catch (final RuntimeException | Error e) {
                close();
                throw e;
            }
        }

        /** Starts the schedule anew. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            loop.begin(Check.SEQUENCE);
            ends.protocol().begin();
            ends.hits().begin();
            ends.beginIteration();
        }

        /** Waits for what is under way, and closes the account. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            loop.finish();
            ends.endMessages();
            final PhaseReport report = loop.report();
            final LatencyFigures figures = LatencyFigures.of(
                            report, ends.cost(report.counts().accepted(), loop.usefulPollShare()))
                    .with(ends.protocol().end().rows())
                    .with(TheoryRows.recovery(ends.protocol().kind(), impairment(), gapNs));
            final long sent = report.counts().accepted();
            ends.hits()
                    .addTo(HitEstimate.of(report.response(), impairment()).addTo(figures), sent)
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

        private void close() {
            if (loop != null) {
                loop.close();
            }
            ends.close();
        }
    }

    /** Both ends, with a loop that has one message under way. */
    @State(Scope.Thread)
    public static class Closed extends ImpairedParams {
        /** The length of each message in bytes, header included. */
        @Param("256")
        public int messageBytes;

        private TrialEnds ends;
        private ClosedLoop loop;

        /** Opens both ends, and checks every byte of some messages. */
        @Setup(Level.Trial)
        public void open() {
            ends = openEnds(transport, Sends.EACH, messageBytes);
            try {
                ends.requireReliable("one message under way would wait for ever for one that is lost");
                loop = ends.connectClosedLoop();
                loop.verify(VERIFIED_MESSAGES);
                ends.noteConnection();
            } catch (final RuntimeException | Error e) {
                ends.close();
                throw e;
            }
        }

        /** Starts to count anew. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            loop.begin(Check.SEQUENCE);
            ends.protocol().begin();
            ends.hits().begin();
            ends.beginIteration();
        }

        /** Fails if either end saw a wrong message. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            final PhaseCounts counts = loop.end();
            ends.endMessages();
            final LatencyDistribution service = loop.takeService();
            final LatencyFigures figures = LatencyFigures.ofClosed(
                            service, ends.cost(counts.arrived(), loop.usefulPollShare()))
                    .with(ends.protocol().end().rows())
                    .with(TheoryRows.recovery(ends.protocol().kind(), impairment(), Double.POSITIVE_INFINITY));
            ends.hits()
                    .addTo(HitEstimate.of(service, impairment()).addTo(figures), counts.arrived())
                    .leave();
            ends.endIteration();
        }

        /** Checks every byte once more, and closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            try {
                loop.verify(VERIFIED_MESSAGES);
            } finally {
                ends.close();
            }
        }
    }

    /**
     * One message: waits until it is due, and sends it. The score is the rate that was achieved.
     *
     * @param offered both ends.
     * @return its sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public long offered(final Offered offered) {
        return offered.loop.sendNext();
    }

    /**
     * One round trip. JMH keeps a sample of them; the secondary rows {@code service} are of all.
     *
     * @param closed both ends.
     * @return the message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long closed(final Closed closed) {
        return closed.loop.recordedRoundTrip();
    }
}
