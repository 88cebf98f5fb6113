package io.fizeau.transports.arq.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.theory.TcpThroughput;
import io.fizeau.transports.arq.congestion.Congestion;
import io.fizeau.transports.arq.curve.Flow;
import io.fizeau.transports.arq.curve.Network;
import io.fizeau.transports.arq.selective.SelectiveOptions;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.session.MechanismSettings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * arq-selective on a link of 100 Mbit/s with a round trip of 20 ms.
 *
 * <p>The link's rate counts whole datagrams of 1472 bytes, headers of this protocol among them, those of UDP and IP not: 8491 pieces a
 * second. Of a datagram 1428 bytes, 97.0 %, are the user's. A lost datagram is lost before the bottleneck and takes none of its time; so
 * the bound of a link that loses behind it, rate times 1 - p, could even be passed.
 */
final class FlowTest {
    private static final int DATAGRAM_BYTES = 1_472;
    private static final double RATE = 100e6;
    private static final double PIECES_PER_SECOND = RATE / 8 / DATAGRAM_BYTES;
    private static final double RTT_NS = 20e6;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST = 1L << 32;
    private static final int FIXED_PIECES = 3 * 170; // three times what is on the way in a round trip
    private static final double P = .01;

    private static Network network(final String more, final int seed) {
        return new Network(
                Impairment.parse(
                        "rate=100mbit:delay=10ms:" + more + ":seed=" + (SplitMix64.mix(seed) & Long.MAX_VALUE)),
                0);
    }

    private static Flow connect(final Network network, final Congestion congestion, final int window) {
        final SelectiveOptions defaults = SelectiveOptions.DEFAULT;
        final SelectiveOptions options = new SelectiveOptions(
                congestion,
                congestion != Congestion.FIXED,
                defaults.ackEvery(),
                defaults.maxAckDelayNs(),
                defaults.granularityNs(),
                congestion == Congestion.FIXED ? FIXED_PIECES : 0);
        return network.connect(
                new SelectiveRepeat(options),
                new MechanismSettings(
                        DATAGRAM_BYTES, DATAGRAM_BYTES, window, false, false, FIRST, FIRST, (long) RTT_NS));
    }

    /** Pieces that come in a second, after a warm-up. */
    private static double rate(final Network network, final Flow flow, final int seconds) {
        network.pass(5 * SECOND);
        final long before = flow.delivered();
        network.pass(seconds * SECOND);
        return (double) (flow.delivered() - before) / seconds;
    }

    /**
     * In flight are at most three bandwidth-delay products; the receiver keeps twice as many. Were its window as narrow, two thirds of it
     * would stand in the bottleneck's queue, a round trip would take as long as the window is wide, and each loss would stop the sender.
     */
    @Test
    void shouldFillALossyLinkWithThreeBandwidthDelayProducts() {
        final Network network = network("queue=1m:up.loss=1%", 1);
        final Flow flow = connect(network, Congestion.FIXED, 2 * FIXED_PIECES);
        flow.saturate();
        final double share = rate(network, flow, 20) / PIECES_PER_SECOND;
        assertTrue(share >= .95 * (1 - P), () -> "a share of " + share);
        assertEquals(0, flow.counters().timeouts);
    }

    /** So much for the remark above: it is the queue, not the mechanism, that a window so wide waits for. */
    @Test
    void shouldNotFillItWithAReceiverWhoseWindowIsAsNarrow() {
        final Network network = network("queue=1m:up.loss=1%", 1);
        final Flow flow = connect(network, Congestion.FIXED, FIXED_PIECES);
        flow.saturate();
        final double share = rate(network, flow, 20) / PIECES_PER_SECOND;
        assertTrue(share > .7 && share < .85, () -> "a share of " + share);
    }

    @Test
    void shouldBeAsFastAsMathisSays() {
        double sum = 0;
        final int seeds = 5;
        for (int seed = 1; seed <= seeds; seed++) {
            final Network network = network("queue=1m:up.loss=1%", seed);
            final Flow flow = connect(network, Congestion.NEWRENO, 1_024);
            flow.saturate();
            final double r = rate(network, flow, 60);
            sum += r;
        }
        final double ratio = sum / seeds / TcpThroughput.mathis(RTT_NS, P);
        assertTrue(ratio > .75 && ratio < 1.25, () -> ratio + " of Mathis");
    }

    @Test
    void shouldShareABottleneckFairly() {
        final Network network = network("queue=256k", 1);
        final Flow one = connect(network, Congestion.NEWRENO, 1_024);
        one.saturate();
        network.pass(3 * SECOND);
        final Flow other = connect(network, Congestion.NEWRENO, 1_024);
        other.saturate();
        network.pass(10 * SECOND);
        final long oneBefore = one.delivered();
        final long otherBefore = other.delivered();
        network.pass(60 * SECOND);
        final double x = one.delivered() - oneBefore;
        final double y = other.delivered() - otherBefore;
        final double jain = (x + y) * (x + y) / (2 * (x * x + y * y));
        final double used = (x + y) / 60 / PIECES_PER_SECOND;
        assertTrue(jain >= .8, () -> x + " and " + y + " pieces: " + jain);
        assertTrue(used > .8, () -> "together they used " + used);
    }
}
