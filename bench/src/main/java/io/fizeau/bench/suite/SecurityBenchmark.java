package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.ClosedTrial;
import io.fizeau.bench.trial.StreamTrial;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.core.load.ClosedLoop;
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
 * What do TLS, sealing and checksums add to a message, by its size?
 *
 * <p>The loops are those of {@link RoundTripBenchmark} and {@link ThroughputBenchmark}. Its baseline is the same transport without: {@code
 * fizeau run} measures both in each round, and the table has what is added, paired by round. What a new connection costs with security and
 * without, {@link ConnectionBenchmark#setUp} tells.
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
public class SecurityBenchmark {
    private static final int BATCH = 100;

    /** What both loops have. */
    @State(Scope.Thread)
    public abstract static class Ends {
        /** The transport's spec string: with the security, or without it. */
        @Param({
            "tls-nio",
            "tls-nio?provider=conscrypt",
            "tls-blocking",
            "tls-blocking?provider=conscrypt",
            "tcp-nio+aes-gcm",
            "tcp-nio+chacha20",
            "tcp-nio+crc32c"
        })
        public String transport;

        /** The length of each message in bytes, header included. */
        @Param({"32", "1024", "16384"})
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

        TrialSettings settings(final Sends sends) {
            return new TrialSettings(transport, sends, messageBytes, server, clientCpu, serverCpu);
        }
    }

    /** One message under way. */
    @State(Scope.Thread)
    public static class PingPong extends Ends {
        private ClosedTrial trial;
        private ClosedLoop loop;

        /** Opens both ends, and checks every byte of some messages. */
        @Setup(Level.Trial)
        public void open() {
            trial = ClosedTrial.open(settings(Sends.EACH));
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
    }

    /** Messages one way. */
    @State(Scope.Thread)
    public static class Stream extends Ends {
        /** Whether messages may travel together: each or gathered. */
        @Param("gathered")
        public String sends;

        private StreamTrial trial;
        private CreditedStream stream;

        /** Opens both ends, and checks every byte of some messages. */
        @Setup(Level.Trial)
        public void open() {
            trial = StreamTrial.open(settings(Sends.valueOf(sends.toUpperCase(Locale.ROOT))));
            stream = trial.stream();
        }

        /** Starts to count anew. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            trial.beginIteration();
        }

        /** Checks every byte once more, and closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            trial.close();
        }
    }

    /** What else became of the messages of an iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Fates {
        /** How many never arrived. */
        public long lost;

        /** How often the transport did not take a message; it was offered again. */
        public long refused;

        /**
         * Waits for what is under way; fails if a wrong message arrived, or one is missing that was promised.
         *
         * @param stream the stream whose iteration it is.
         */
        @TearDown(Level.Iteration)
        public void endIteration(final Stream stream) {
            final PhaseCounts counts = stream.trial.endIteration();
            lost = counts.lost();
            refused = counts.refused();
        }
    }

    /**
     * One round trip, each timed; the secondary rows {@code service} are of all.
     *
     * @param ends the ends.
     * @return the message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long closed(final PingPong ends) {
        return ends.loop.recordedRoundTrip();
    }

    /**
     * Messages one way until so many more have arrived.
     *
     * @param ends the ends.
     * @param fates gets what else became of them.
     * @return how many have arrived in this iteration.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(BATCH)
    public long oneWay(final Stream ends, final Fates fates) {
        return ends.stream.advance(BATCH);
    }
}
