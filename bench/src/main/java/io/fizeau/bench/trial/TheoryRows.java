package io.fizeau.bench.trial;

import io.aeron.driver.Configuration;
import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Loss;
import io.fizeau.core.theory.RecoveryLatency;
import io.fizeau.core.theory.TcpThroughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the textbook says of a measured point, as rows {@code theory:...} beside it. The formulas and their assumptions are those of
 * {@code io.fizeau.core.theory}; here is what is put into them: the link's loss and the sum of its delays as the round trip, so that
 * neither the host's own time nor a queue is in it. Where a formula says nothing (no loss, no delay, another protocol) there is no row.
 */
public final class TheoryRows {
    private static final String LABEL = "theory:";
    private static final double NS_PER_MS = 1e6;
    private static final double BITS_A_BYTE = 8;
    private static final double BITS_PER_MBIT = 1e6;
    /** Of an MTU of 1500 with time stamps, where the connection does not tell. */
    private static final double USUAL_MSS_BYTES = 1448;
    /** Linux counts bytes, not acknowledgements (RFC 3465): its window grows as if each segment was acknowledged. */
    private static final double PACKETS_PER_ACK = 1;
    /** No window of a host's limits what loss limits. */
    private static final double LARGEST_WINDOW_PACKETS = 1e6;

    private static final Duration USUAL_RTO_MIN = Duration.ofMillis(200);
    /** The least time that Linux waits for a packet to be only late (RACK, RFC 8985): a tick of its timers. */
    private static final double GRANULARITY_NS = 1e6;

    private TheoryRows() {}

    /**
     * What a long connection of TCP's would carry: {@code theory:mathis} and {@code theory:pftk} for reno, {@code theory:cubic} where
     * the row has cubic, in megabits of payload a second. Also where the row has a congestion control that no formula describes: then
     * it is what reno would do there.
     *
     * @param kind what lies under the transport.
     * @param impairment the row's.
     * @param mssBytes the connection's longest segment; NaN if it is not known.
     * @return rows, maybe none.
     */
    public static List<Figure> goodput(final Underlay kind, final TrialImpairment impairment, final double mssBytes) {
        final double p = lossEvents(
                impairment.impairment().direction(Direction.TO_SERVER).loss());
        final double rttNs = (double) impairment.roundTripNs();
        if (kind != Underlay.TCP || !(p > 0) || rttNs <= 0) {
            return List.of();
        }
        final double mbit = (Double.isNaN(mssBytes) ? USUAL_MSS_BYTES : mssBytes) * BITS_A_BYTE / BITS_PER_MBIT;
        final List<Figure> rows = new ArrayList<>();
        rows.add(Figure.mean(LABEL + "mathis", TcpThroughput.mathis(rttNs, p) * mbit, "Mbit/s"));
        final double sent =
                TcpThroughput.pftk(rttNs, timeoutNs(impairment), PACKETS_PER_ACK, LARGEST_WINDOW_PACKETS, p);
        rows.add(Figure.mean(LABEL + "pftk", sent * (1 - impairment.lossToServer()) * mbit, "Mbit/s"));
        if (impairment.congestion().equals("cubic")) {
            rows.add(Figure.mean(LABEL + "cubic", TcpThroughput.cubic(rttNs, p) * mbit, "Mbit/s"));
        }
        return rows;
    }

    /**
     * By how much longer a message takes whose packet is lost once and whose repair is not, in ms beyond that of one that is not lost:
     * {@code theory:extra.sack} where later packets show the loss and {@code theory:extra.rto} where only TCP's timer does;
     * {@code theory:extra.nak} and {@code theory:extra.tail} the same for Aeron, whose receiver asks, at the latest when a heartbeat
     * shows the hole. Acknowledgements are taken to come at once.
     *
     * @param kind what lies under the transport.
     * @param impairment the row's.
     * @param gapNs from one message to the next; infinite where the next waits for the answer.
     * @return rows, none on a link without loss or delay.
     */
    public static List<Figure> recovery(final Underlay kind, final TrialImpairment impairment, final double gapNs) {
        final double rttNs = (double) impairment.roundTripNs();
        if (rttNs <= 0 || impairment.lossToServer() + impairment.lossToClient() <= 0) {
            return List.of();
        }
        final boolean hasFollowers = !Double.isInfinite(gapNs);
        final List<Figure> rows = new ArrayList<>();
        switch (kind) {
            case TCP -> {
                if (hasFollowers) {
                    rows.add(ms("extra.sack", RecoveryLatency.sackNs(rttNs, gapNs, GRANULARITY_NS) - rttNs / 2));
                }
                rows.add(ms("extra.rto", RecoveryLatency.tailNs(rttNs, timeoutNs(impairment)) - rttNs / 2));
            }
            case AERON -> {
                final double delayNs = (double) Configuration.NAK_UNICAST_DELAY_DEFAULT_NS;
                final double heartbeatNs = (double) Configuration.PUBLICATION_HEARTBEAT_TIMEOUT_NS;
                if (hasFollowers) {
                    rows.add(ms("extra.nak", RecoveryLatency.nakNs(rttNs, gapNs, delayNs) - rttNs / 2));
                }
                rows.add(ms("extra.tail", RecoveryLatency.nakNs(rttNs, heartbeatNs, delayNs) - rttNs / 2));
            }
            case DATAGRAMS, OTHER -> {}
        }
        return rows;
    }

    private static Figure ms(final String name, final double ns) {
        return Figure.mean(LABEL + name, ns / NS_PER_MS, "ms");
    }

    /** As Linux reckons it, the round trip not varying: the floor comes on top of it. */
    private static double timeoutNs(final TrialImpairment impairment) {
        final Duration floor = impairment.rtoFloor().orElse(USUAL_RTO_MIN);
        return RecoveryLatency.retransmissionTimeoutNs(
                (double) impairment.roundTripNs(), 0, (double) floor.toNanos(), 0);
    }

    /**
     * How often a packet is the first of those lost together: the formulas count the packets of one burst as one loss. NaN where bursts
     * are in time, because how many packets meet one depends on how fast they come.
     */
    static double lossEvents(final Loss loss) {
        if (loss instanceof Loss.Bursts bursts) {
            return bursts.ratio() / bursts.packets();
        }
        if (loss instanceof Loss.Gilbert gilbert) {
            return gilbert.ratio() * gilbert.r();
        }
        return loss instanceof Loss.TimedBursts ? Double.NaN : loss.ratio();
    }
}
