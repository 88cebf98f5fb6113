package io.fizeau.transports.arq.curve;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathCounts;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import java.util.Locale;

/**
 * The textbook's link: frames of 10 ms (1250 bytes at 1 Mbit/s), so that the timers' granularity of 1 ms is a tenth of a frame;
 * acknowledgements take no time to send; independent loss; always something to send.
 */
final class Frames {
    static final int PIECES = 10_000;
    private static final int FRAME_BYTES = 1_250;
    private static final long BITS_PER_SECOND = 1_000_000;
    private static final long FRAME_NS = 10_000_000;
    private static final long FIRST = 1L << 32;
    private static final int WARM_PIECES = 500;

    private Frames() {}

    /**
     * What was measured.
     *
     * @param efficiency share of the wire's time in which frames left that were delivered.
     * @param loss that the frames met.
     * @param ackLoss that the acknowledgements met.
     */
    record Result(double efficiency, double loss, double ackLoss) {}

    /**
     * Runs a flow of {@link #PIECES}.
     *
     * @param kind the mechanism.
     * @param window in frames.
     * @param a propagation delay in frames.
     * @param p loss of frames.
     * @param pAck loss of acknowledgements.
     */
    static Result run(final MechanismKind kind, final int window, final double a, final double p, final double pAck) {
        return run(kind, window, a, p, pAck, PIECES);
    }

    /** Runs a flow of so many pieces. */
    static Result run(
            final MechanismKind kind,
            final int window,
            final double a,
            final double p,
            final double pAck,
            final int pieces) {
        final Network network = network(a, p, pAck);
        final Flow flow = connect(network, kind, window, a);
        network.until(() -> flow.delivered() >= WARM_PIECES);
        final long beganNs = network.nowNs();
        final long before = flow.delivered();
        network.until(() -> flow.delivered() >= before + pieces);
        final double efficiency = (double) (flow.delivered() - before) * FRAME_NS / (network.nowNs() - beganNs);
        return new Result(efficiency, loss(network.counts()), loss(network.countsBack()));
    }

    /** How many frames longer a flow takes for one lost frame. */
    static double costOfALoss(final MechanismKind kind, final int window, final double a) {
        final long[] tookNs = new long[2];
        for (int losses = 0; losses <= 1; losses++) {
            final Network network = network(a, 0, 0);
            final Flow flow = connect(network, kind, window, a);
            final int lost = losses == 0 ? -1 : 2 * WARM_PIECES;
            flow.gate(index -> index != lost);
            network.until(() -> flow.delivered() >= 4 * WARM_PIECES);
            tookNs[losses] = network.nowNs();
        }
        return (double) (tookNs[1] - tookNs[0]) / FRAME_NS;
    }

    private static Flow connect(final Network network, final MechanismKind kind, final int window, final double a) {
        final long rttNs = Math.round((1 + 2 * a) * FRAME_NS);
        final Flow flow = network.connect(
                kind, new MechanismSettings(FRAME_BYTES, FRAME_BYTES, window, false, false, FIRST, FIRST, rttNs));
        flow.saturate();
        return flow;
    }

    private static double loss(final PathCounts counts) {
        return (double) counts.lostByLoss() / counts.seen();
    }

    private static Network network(final double a, final double p, final double pAck) {
        // The same losses for all mechanisms; the seed is mixed, because those that differ in few bits lose nearly the
        // same.
        final long seed = SplitMix64.mix(Math.round(p * 1e6));
        final String text = String.format(
                Locale.ROOT,
                "up.loss=%.4f%%:down.loss=%.4f%%:delay=%dus:seed=%d",
                p * 100,
                pAck * 100,
                Math.round(a * FRAME_NS / 1_000),
                seed & Long.MAX_VALUE);
        return new Network(Impairment.parse(text), BITS_PER_SECOND);
    }
}
