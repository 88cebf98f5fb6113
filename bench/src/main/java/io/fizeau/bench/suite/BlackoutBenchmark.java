package io.fizeau.bench.suite;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.bench.trial.OutageCaller;
import io.fizeau.bench.trial.OutageRecovery;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.DeliveryTrace;
import io.fizeau.core.load.OpenLoop;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Sends;
import io.fizeau.transports.link.Blackout;
import io.fizeau.transports.link.LinkClient;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
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
import org.openjdk.jmh.infra.IterationParams;

/**
 * When a link comes back that lost everything for a while, how soon do messages come again, and how soon as many as before?
 *
 * <p>An open loop, with answers; a third into each iteration the link loses everything, both ways, for {@code blackout}. A delivery is
 * an answer that has come back, so both times contain the way there and back. {@code blackout:first} counts from the link's return to
 * the first delivery; {@code blackout:recovered} to the first delivery at which those of the last 50 ms, after the return, are 90 % of
 * the earlier rate ({@link OutageRecovery} states the method). An iteration in which that did not happen before its deadline counts
 * in {@code blackout:unrecovered}. Its baseline is the round trip of the same row, which no recovery can beat.
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
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 4)
public class BlackoutBenchmark extends ImpairedParams {
    private static final int VERIFIED_MESSAGES = 10;
    private static final int BEGINS_AFTER = 3;
    private static final double NS_PER_MS = 1e6;
    private static final Option<Duration> BLACKOUT = Option.duration(
            "blackout",
            Duration.ofMillis(300),
            Duration.ofMillis(1),
            Duration.ofSeconds(10),
            "how long the link loses everything");

    /** The length of each message in bytes, header included. */
    @Param("256")
    public int messageBytes;

    /** Messages a second: 500, 1k. */
    @Param("1k")
    public String rate;

    /** How long the link loses everything. */
    @Param("300ms")
    public String blackout;

    /** Whether the sending thread takes the answers between two messages (1) or another one does (2), or auto. */
    @Param("auto")
    public String clientThreads;

    /** So long an iteration waits for its last answers. */
    @Param("10s")
    public String deadline;

    private TrialEnds ends;
    private OpenLoop loop;
    private OutageCaller outages;
    private DeliveryTrace trace;

    /**
     * Opens both ends, and checks every byte of some messages.
     *
     * @param params says how long iterations are, so that room is made before them.
     */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) {
        final OpenLoopTrial trial = OpenLoopTrial.parse(rate, "constant", 1, clientThreads, deadline, 0);
        ends = openEnds(trial.specFor(transport), Sends.EACH, messageBytes);
        try {
            final LinkClient link = ends.link()
                    .orElseThrow(() -> TransportException.badRequest(
                            "a blackout needs a link and there is none: start it with ./fizeau run --impair ..."
                                    + " --suites blackout"));
            outages = new OutageCaller(link, BLACKOUT.parse(blackout));
            loop = ends.connectOpenLoop(trial);
            final double seconds = OpenLoopTrial.longestIterationSeconds(params);
            loop.reserve(seconds);
            trace = new DeliveryTrace(
                    (int) (2 * (1 + seconds) * trial.arrivals().ratePerSecond()));
            loop.traceInto(trace);
            loop.verify(VERIFIED_MESSAGES);
            ends.noteConnection();
        } catch (final RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the schedule anew, with a blackout in it.
     *
     * @param params says how long the iteration is.
     */
    @Setup(Level.Iteration)
    public void beginIteration(final IterationParams params) {
        loop.begin(Check.SEQUENCE);
        trace.clear();
        ends.protocol().begin();
        ends.beginIteration();
        outages.callIn(Duration.ofMillis(params.getTime().convertTo(TimeUnit.MILLISECONDS) / BEGINS_AFTER));
    }

    /** Waits for what is under way, and reckons how soon messages came again. */
    @TearDown(Level.Iteration)
    public void endIteration() {
        loop.finish();
        ends.endMessages();
        final PhaseReport report = loop.report();
        final Blackout outage = outages.take();
        final OutageRecovery recovery = OutageRecovery.of(trace.timesNs(), outage);
        LatencyFigures.of(report, ends.cost(report.counts().accepted(), loop.usefulPollShare()))
                .with(List.of(
                        Figure.mean("blackout:lasted", (double) (outage.endsNs() - outage.beganNs()) / NS_PER_MS, "ms"),
                        Figure.mean("blackout:first", ms(recovery.firstNs()), "ms"),
                        Figure.mean("blackout:recovered", ms(recovery.recoveredNs()), "ms"),
                        Figure.mean("blackout:earlierRate", recovery.earlierPerSecond(), "1/s"),
                        Figure.count(
                                "blackout:unrecovered", recovery.recoveredNs().isEmpty() ? 1 : 0),
                        Figure.count("blackout:untraced", (double) trace.beyond())))
                .with(ends.protocol().end().rows())
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
    public long streamed() {
        return loop.sendNext();
    }

    private static double ms(final OptionalLong ns) {
        return ns.isPresent() ? (double) ns.getAsLong() / NS_PER_MS : Double.NaN;
    }

    private void close() {
        if (outages != null) {
            outages.close();
        }
        if (loop != null) {
            loop.close();
        }
        ends.close();
    }
}
