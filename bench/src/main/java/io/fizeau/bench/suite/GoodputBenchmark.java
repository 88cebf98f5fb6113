package io.fizeau.bench.suite;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.protocol.ProtocolCounts;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.RateWindow;
import io.fizeau.bench.trial.TheoryRows;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.CreditedStream;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.settings.Sends;
import java.util.List;
import java.util.Locale;
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

/**
 * How many bits of payload a second arrive over a bad link, and what do they cost on the wire?
 *
 * <p>One way, as fast as the transport takes messages, counted where they arrive. The score is in messages a second; the row
 * {@code goodput} has megabits of payload a second, over the time from an iteration's first message to its last acknowledged one.
 * {@code wire:perPayloadByte} is what left over the link's device, both ways and with all headers, for each byte of payload;
 * {@code goodput:retransmissions} and {@code goodput:spurious} are what was sent again, and what of that for nothing. Its baseline
 * is the same row at {@code loss} 0, beside {@code theory:}, what the textbook says ({@link TheoryRows}).
 *
 * <p>Aeron's own flow control limits it to its window a round trip: the transport's options {@code window} and {@code socketBuffer}.
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
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 2, time = 5)
public class GoodputBenchmark extends ImpairedParams {
    private static final int VERIFIED_MESSAGES = 4;
    private static final double BITS_A_BYTE = 8;
    /** Bits in a nanosecond are gigabits in a second. */
    private static final double MBIT_PER_GBIT = 1_000;

    /** The length of each message in bytes, header included. */
    @Param("8192")
    public int messageBytes;

    /** Whether messages may travel together: each or gathered. */
    @Param("gathered")
    public String sends;

    /** How much may be under way: auto, which follows the rate, or a number of bytes. */
    @Param(RateWindow.AUTO)
    public String windowBytes;

    private TrialEnds ends;
    private CreditedStream stream;
    private RateWindow window;
    private long firstNs;
    private long lastNs;
    private long acknowledged;

    /** Opens both ends, and checks every byte of some messages. */
    @Setup(Level.Trial)
    public void open() {
        window = RateWindow.parse(windowBytes, messageBytes);
        ends = openEnds(transport, Sends.valueOf(sends.toUpperCase(Locale.ROOT)), messageBytes);
        try {
            stream = ends.connectStream();
            stream.limitWindow(window.messages());
            stream.verify(VERIFIED_MESSAGES);
            ends.noteConnection();
        } catch (final RuntimeException | Error e) {
            ends.close();
            throw e;
        }
    }

    /** Starts to count anew. */
    @Setup(Level.Iteration)
    public void beginIteration() {
        stream.begin(Check.SEQUENCE);
        ends.protocol().begin();
        ends.beginIteration();
        firstNs = System.nanoTime();
        lastNs = firstNs;
        acknowledged = 0;
        window.begin(firstNs);
    }

    /** Waits for what is under way; fails if a wrong message arrived, or one is missing that was promised. */
    @TearDown(Level.Iteration)
    public void endIteration() {
        final double goodput =
                acknowledged * messageBytes * BITS_A_BYTE * MBIT_PER_GBIT / Math.max(1, lastNs - firstNs);
        final int underWay = stream.window();
        final PhaseCounts counts = stream.end();
        ends.endMessages();
        final ProtocolCounts protocol = ends.protocol().end();
        final double payload = (double) counts.arrived() * messageBytes;
        LatencyFigures.ofCost(ends.cost(counts.arrived(), Double.NaN))
                .with(List.of(
                        Figure.mean("goodput", goodput, "Mbit/s"),
                        Figure.mean(
                                "wire:perPayloadByte",
                                payload == 0 ? Double.NaN : protocol.wireBytes() / payload,
                                "B/B"),
                        Figure.count("goodput:retransmissions", protocol.retransmissions()),
                        Figure.count("goodput:spurious", protocol.spurious()),
                        Figure.count("goodput:lost", (double) counts.lost()),
                        Figure.mean("goodput:window", (double) underWay * messageBytes, "B")))
                .with(protocol.rows())
                .with(TheoryRows.goodput(ends.protocol().kind(), impairment(), protocol.mssBytes()))
                .leave();
        ends.endIteration();
    }

    /** Checks every byte once more, and closes both ends. */
    @TearDown(Level.Trial)
    public void close() {
        try {
            stream.verify(VERIFIED_MESSAGES);
        } finally {
            ends.close();
        }
    }

    /**
     * Messages one way until one more has arrived.
     *
     * @return how many have arrived in this iteration.
     */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public long oneWay() {
        acknowledged = stream.advance(1);
        lastNs = System.nanoTime();
        stream.limitWindow(window.update(lastNs, acknowledged));
        return acknowledged;
    }
}
