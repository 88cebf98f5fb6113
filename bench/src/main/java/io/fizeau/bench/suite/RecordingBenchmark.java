package io.fizeau.bench.suite;

import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.account.AnswerLedger;
import io.fizeau.core.account.Outlet;
import io.fizeau.core.account.PacedSender;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost an open loop to account for one message, beside the readings of the clock?
 *
 * <p>The whole of it, schedule, ring of departures, five histograms, episodes and ledger, over an outlet that answers at once and a
 * clock that is a number. Its baseline is {@link #nothing}, the same clock and outlet called as often without an account;
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

    private Mirror mirror;
    private PacedSender sender;
    private AnswerLedger ledger;

    /** A new account for each iteration, as an iteration of the suite has. */
    @Setup(Level.Iteration)
    public void begin() {
        mirror = new Mirror();
        sender = new PacedSender(
                Arrivals.parse("constant", RATE, SEED).newSchedule(),
                RATE,
                TimeUnit.SECONDS.toNanos(1),
                mirror,
                mirror);
        ledger = new AnswerLedger(sender, 1, 1);
        ledger.reserve(1L << 26);
        sender.begin(1);
        ledger.open();
        mirror.ledger = ledger;
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
        return mirror.latencyNs();
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
                ledger.onAnswer(sequence, dueNs, dueNs + latencyNs());
            }
            nowNs = untilNs;
        }

        /** In no pattern that a processor could learn. */
        private long latencyNs() {
            final long random = SplitMix64.mix(sequence);
            final long usualNs = SHORTEST_NS + (random >>> USUAL_BITS);
            return (random & TAIL_MASK) == 0 ? usualNs + (SplitMix64.mix(random) >>> TAIL_BITS) : usualNs;
        }
    }
}
