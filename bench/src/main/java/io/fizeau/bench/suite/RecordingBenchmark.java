package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.account.AnswerLedger;
import io.fizeau.core.account.Outlet;
import io.fizeau.core.account.PacedSender;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.latency.SlowestMessages;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost an open loop to account for one message, beside the readings of the clock?
 *
 * <p>{@link #account} is the whole of it, over an outlet that answers at once and a clock that is a number; its baseline is
 * {@link #nothing}, the same clock and outlet called as often without an account. The parts by themselves: {@link #recorded} is
 * recording alone, five histograms, episodes and the slowest messages; {@link #answered} is the half of who receives, with the ledger
 * and three of the histograms; {@link #paced} is the half of who sends, with schedule, pacing, the ring of departures and the other two.
 * {@link BaselineBenchmark#clockCost} says what a reading of the real clock costs, of which a message takes four.
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
public class RecordingBenchmark {
    private static final double RATE = 1e4;
    private static final long SEED = 42;
    /** Latencies as of a quiet loopback: 7 to 8 us, and one message in sixteen up to 65 us more. */
    private static final long SHORTEST_NS = 7_000;

    private static final int USUAL_BITS = 54;
    private static final int TAIL_BITS = 48;
    private static final int TAIL_MASK = 15;

    /** As many as the ring of departures remembers at this rate, or fewer. */
    private static final int BATCH = 1 << 14;

    private final long[] latenciesNs = new long[BATCH];
    private final long[] lagsNs = new long[BATCH];
    private final LatencyRecorder response = LatencyRecorder.withEpisodes();
    private final LatencyRecorder service = LatencyRecorder.ofValues();
    private final LatencyRecorder flight = LatencyRecorder.ofValues();
    private final LatencyRecorder lateness = LatencyRecorder.ofValues();
    private final LatencyRecorder sendLag = LatencyRecorder.ofValues();
    private final SlowestMessages slowest = new SlowestMessages();

    private Mirror mirror;
    private PacedSender sender;
    private AnswerLedger ledger;

    /** A new account for each iteration, as an iteration of the suite has. */
    @Setup(Level.Iteration)
    public void begin() {
        mirror = new Mirror();
        sender = newSender(mirror);
        ledger = newLedger(sender);
        sender.begin(1);
        ledger.open();
        mirror.ledger = ledger;
        for (int i = 0; i < BATCH; i++) {
            latenciesNs[i] = Mirror.latencyNs(i);
            lagsNs[i] = Mirror.latencyNs(i) & TAIL_MASK;
        }
    }

    /**
     * One message: waits for it in no time, sends it, and records its answer.
     *
     * @return its sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long account() {
        return sender.sendNext();
    }

    /**
     * The five values of each message, and nothing else.
     *
     * @return the last value.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(BATCH)
    public long recorded() {
        long responseNs = 0;
        for (int i = 0; i < BATCH; i++) {
            final long lagNs = lagsNs[i];
            responseNs = latenciesNs[i];
            response.record(responseNs);
            slowest.record(responseNs, i);
            service.record(responseNs - lagNs);
            flight.record(responseNs - 2 * lagNs);
            lateness.record(lagNs);
            sendLag.record(lagNs + 1);
        }
        return responseNs;
    }

    /**
     * The answers to messages that were sent before, and are in the ring.
     *
     * @param sent the messages.
     * @return how many were answered so far.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(BATCH)
    public long answered(final Sent sent) {
        for (int i = 0; i < BATCH; i++) {
            sent.ledger.onAnswer(sent.first + i, sent.duesNs[i], sent.duesNs[i] + latenciesNs[i]);
        }
        return sent.ledger.answered();
    }

    /**
     * Sending alone: nobody accounts for the answer.
     *
     * @return the message's sequence.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long paced() {
        mirror.ledger = null;
        return sender.sendNext();
    }

    /** Messages under way whose answers are still to come: new ones before each invocation, which takes some 100 us. */
    @State(Scope.Thread)
    public static class Sent {
        private final Mirror mirror = new Mirror();
        private final long[] duesNs = new long[BATCH];
        private PacedSender sender;
        private AnswerLedger ledger;
        private long first;

        /** A new account for each iteration. */
        @Setup(Level.Iteration)
        public void begin() {
            sender = newSender(mirror);
            ledger = newLedger(sender);
            sender.begin(1);
            ledger.open();
        }

        /** Sends them. */
        @Setup(Level.Invocation)
        public void send() {
            first = sender.accepted();
            for (int i = 0; i < BATCH; i++) {
                sender.sendNext();
                duesNs[i] = mirror.dueNs;
            }
        }
    }

    private static PacedSender newSender(final Mirror mirror) {
        return new PacedSender(
                Arrivals.parse("constant", RATE, SEED).newSchedule(),
                RATE,
                TimeUnit.SECONDS.toNanos(1),
                mirror,
                mirror);
    }

    private static AnswerLedger newLedger(final PacedSender sender) {
        final AnswerLedger ledger = new AnswerLedger(sender, 1, 1);
        ledger.reserve(1L << 26);
        return ledger;
    }

    /**
     * The same calls of the clock and the outlet, and nothing recorded.
     *
     * @return the time.
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long nothing() {
        mirror.nanoTime();
        mirror.idle(mirror.nowNs + 100_000);
        mirror.nanoTime();
        mirror.sequence++;
        return Mirror.latencyNs(mirror.sequence);
    }

    /** Takes each message, and answers it at the next look, after a time that varies. */
    private static final class Mirror implements Outlet, NanoClock {
        private @Nullable AnswerLedger ledger; // the benchmark, once there is one
        private long nowNs;
        private long sequence = -1;
        private long dueNs;

        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public SendStatus offer(final long newSequence, final long newDueNs) {
            sequence = newSequence;
            dueNs = newDueNs;
            return SendStatus.ACCEPTED;
        }

        @Override
        public void onRefused(final SendStatus status) {}

        @Override
        public void poll() {}

        @Override
        public void idle(final long untilNs) {
            if (ledger != null && sequence >= 0) {
                ledger.onAnswer(sequence, dueNs, dueNs + latencyNs(sequence));
            }
            nowNs = untilNs;
        }

        /** In no pattern that a processor could learn. */
        private static long latencyNs(final long sequence) {
            final long random = SplitMix64.mix(sequence);
            final long usualNs = SHORTEST_NS + (random >>> USUAL_BITS);
            return (random & TAIL_MASK) == 0 ? usualNs + (SplitMix64.mix(random) >>> TAIL_BITS) : usualNs;
        }
    }
}
