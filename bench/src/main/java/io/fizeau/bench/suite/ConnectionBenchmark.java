package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.EchoTrial;
import io.fizeau.bench.trial.FanOutTrial;
import io.fizeau.bench.trial.ManyParams;
import io.fizeau.bench.trial.SetUpTrial;
import io.fizeau.bench.trial.TrialSettings;
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
 * What does a connection cost: to make one, to have many, and to serve all of them at once?
 *
 * <p>Four questions. {@link #setUp}: how long until a new connection has brought back its first answer? {@link #handshakes}: how many new
 * connections a second does a server take? {@link #echoed}: with one to ten thousand connections that each wait for their answer, how
 * many messages a second, how long does each wait, and how much memory does a connection take at either end? {@link #fannedOut}: how
 * long until a message of one server is at all receivers? The threading model is the transport's: one selector, a thread for each
 * connection, virtual threads.
 *
 * <p>The baseline of {@code echoed} is one connection. Where the measuring thread drives the transport ({@code tcp-nio}, {@code uds}, {@code
 * tls-nio}), that is the loop of {@link RoundTripBenchmark}. Where each connection needs a thread that polls it ({@code tcp-blocking}, with
 * virtual threads too, {@code tls-blocking}), all benchmarks here but {@link #setUp} open the transport with {@code driving=own}: a thread of
 * the transport's takes each answer and sends the next message, while {@code echoed} itself looks every 200 us. Such a row with one
 * connection is not the loop of {@code RoundTripBenchmark}, in which the measuring thread itself sits in the read.
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
public class ConnectionBenchmark {
    private static final int MESSAGES = 500;

    /** What all of them have. */
    @State(Scope.Thread)
    public abstract static class Ends {
        /** The transport's spec string. */
        @Param({"tcp-nio", "tcp-blocking", "tcp-blocking?threads=virtual", "uds", "tls-nio", "tls-blocking"})
        public String transport;

        /** The length of each message in bytes, header included. */
        @Param("32")
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

        TrialSettings settings(final String spec) {
            return new TrialSettings(spec, Sends.EACH, messageBytes, server, clientCpu, serverCpu);
        }
    }

    /** New connections, one after the other. */
    @State(Scope.Thread)
    public static class OneByOne extends Ends {
        private SetUpTrial trial;

        /** Opens both ends. */
        @Setup(Level.Trial)
        public void open() {
            // As a program would that makes one: the blocking connect and read of a blocking transport are the
            // caller's.
            trial = SetUpTrial.open(settings(transport), 1);
        }

        /** Starts to count anew. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            trial.beginIteration();
        }

        /** Leaves the figures for the profilers. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            trial.endIteration();
        }

        /** Closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            trial.close();
        }
    }

    /** New connections, many at once. */
    @State(Scope.Thread)
    public static class AtOnce extends Ends {
        /** How many connections are being made at once. */
        @Param("64")
        public int underWay;

        private SetUpTrial trial;

        /** Opens both ends. */
        @Setup(Level.Trial)
        public void open() {
            trial = SetUpTrial.open(settings(ManyParams.specFor(transport)), underWay);
        }

        /** Starts to count anew. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            trial.beginIteration();
        }

        /** Leaves the figures for the profilers. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            trial.endIteration();
        }

        /** Closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            trial.close();
        }
    }

    /** Connections that are there, with a message under way on each. */
    @State(Scope.Thread)
    public static class Echoing extends Ends {
        /** How many connections. */
        @Param({"1", "100", "1000", "10000"})
        public int connections;

        /** How many client threads share them, each with a node of its own. */
        @Param("1")
        public int clientThreads;

        private EchoTrial trial;

        /** Opens both ends, and checks every byte of some messages on each connection. */
        @Setup(Level.Trial)
        public void open() {
            trial = EchoTrial.open(settings(ManyParams.specFor(transport)), connections, clientThreads);
        }

        /** Puts a message under way on each connection. */
        @Setup(Level.Iteration)
        public void beginIteration() {
            trial.beginIteration();
        }

        /** Waits for what is under way; fails if either end saw a wrong message. */
        @TearDown(Level.Iteration)
        public void endIteration() {
            trial.endIteration();
        }

        /** Checks every byte once more, and closes both ends. */
        @TearDown(Level.Trial)
        public void close() {
            try {
                trial.verify();
            } finally {
                trial.close();
            }
        }
    }

    /** One server and its receivers. */
    @State(Scope.Thread)
    public static class ToAll extends Ends {
        /** How many connections get each message. */
        @Param("100")
        public int receivers;

        private FanOutTrial trial;

        /** Opens both ends, and checks every byte of some messages. */
        @Setup(Level.Trial)
        public void open() {
            trial = FanOutTrial.open(settings(ManyParams.specFor(transport)), receivers);
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
            try {
                trial.verify();
            } finally {
                trial.close();
            }
        }
    }

    /**
     * A connection is made, brings back one answer, and is closed. The score is of all of it; the secondary rows {@code service} are from
     * the call of connect to the answer, {@code opened} to when it was open at this end.
     *
     * @param connections the ends.
     * @return how many there were.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long setUp(final OneByOne connections) {
        return connections.trial.advance(1);
    }

    /**
     * A new connection that has brought back its first answer, many being made at once.
     *
     * @param connections the ends.
     * @return how many there were.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public long handshakes(final AtOnce connections) {
        return connections.trial.advance(1);
    }

    /**
     * Messages that are back, over all connections. The secondary rows {@code service} are how long each took, {@code memory} what a
     * connection holds at either end.
     *
     * @param connections the ends.
     * @return how many all calls of this iteration have waited for.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(MESSAGES)
    public long echoed(final Echoing connections) {
        return connections.trial.advance(MESSAGES);
    }

    /**
     * A message goes to the server, and from there to all receivers. The secondary rows {@code service} are until the last copy is here,
     * {@code copy} until each is.
     *
     * @param connections the ends.
     * @return the message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long fannedOut(final ToAll connections) {
        return connections.trial.publish();
    }
}
