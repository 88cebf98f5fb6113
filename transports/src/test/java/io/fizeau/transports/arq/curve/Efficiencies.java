package io.fizeau.transports.arq.curve;

import io.fizeau.core.theory.ArqEfficiency;
import io.fizeau.core.theory.LossFormulas;
import io.fizeau.transports.arq.congestion.Congestion;
import io.fizeau.transports.arq.cumulative.CumulativeOptions;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.arq.cumulative.StopAndWait;
import io.fizeau.transports.arq.curve.Curve.Column;
import io.fizeau.transports.arq.curve.Curve.Kind;
import io.fizeau.transports.arq.fec.FecOptions;
import io.fizeau.transports.arq.fec.ForwardErrorCorrection;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.arq.nak.NakOptions;
import io.fizeau.transports.arq.selective.SelectiveOptions;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import java.util.concurrent.TimeUnit;

/** How much of the link each mechanism uses, by the loss. */
final class Efficiencies {
    static final double[] LOSSES = {.001, .002, .005, .01, .02, .05, .1, .2};
    static final String MEASURED = "measured";
    private static final String LOSS_MET = "loss met";
    private static final String EFFICIENCY = "share of the link used";
    /** The timer's granularity in frames. */
    private static final double GRANULARITY = .1;
    /** The least and the greatest time-out out of the way. */
    static final CumulativeOptions TIMEOUTS = new CumulativeOptions(1, TimeUnit.SECONDS.toNanos(120));

    private static final SelectiveOptions SELECTIVE = new SelectiveOptions(
            Congestion.FIXED, false, 1, TimeUnit.MICROSECONDS.toNanos(250), TimeUnit.MILLISECONDS.toNanos(1));
    private static final NakOptions REQUESTS =
            new NakOptions(0, TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(60));
    /** a, for which a round trip of a frame is 32 frames, a window that a power of two can have. */
    private static final double A_OF_32 = 15.5;

    private static final int PIPE = 32;

    private Efficiencies() {}

    static Curve stopAndWait() {
        final Curve curve = Curve.of(
                "stop-and-wait",
                "Stop-and-wait, a = 1",
                EFFICIENCY,
                .4,
                4,
                new Column(LOSS_MET, Kind.NOTE),
                new Column("(1-p)/(1+2a)", Kind.THEORY),
                new Column("with doubled time-outs", Kind.THEORY),
                new Column(MEASURED, Kind.MEASURED),
                new Column("(1-P)/(1+2a) with acks lost", Kind.THEORY),
                new Column("measured with acks lost", Kind.MEASURED));
        for (final double p : LOSSES) {
            final Frames.Result one = Frames.run(new StopAndWait(TIMEOUTS), 1, 1, p, 0);
            final Frames.Result both = Frames.run(new StopAndWait(TIMEOUTS), 1, 1, p, p);
            curve.add(
                    p,
                    one.loss(),
                    ArqEfficiency.stopAndWait(1, one.loss(), 0),
                    doubled(3, 3 + GRANULARITY, one.loss()),
                    one.efficiency(),
                    ArqEfficiency.stopAndWait(1, both.loss(), both.ackLoss()),
                    both.efficiency());
        }
        return curve;
    }

    /**
     * A frame takes its round trip, and for K losses in a row the time-out times 2^K - 1; K is geometric, so E[2^K] = (1-p)/(1-2p).
     * Infinite from p = 1/2 on.
     */
    private static double doubled(final double onceFrames, final double timeoutFrames, final double p) {
        return 1 / (onceFrames + timeoutFrames * p / (1 - 2 * p));
    }

    static Curve goBackN() {
        final Curve curve = Curve.of(
                "go-back-n",
                "Go-back-N, a = 10",
                EFFICIENCY,
                1,
                4,
                new Column(LOSS_MET, Kind.NOTE),
                new Column("m = 1+2a", Kind.THEORY),
                new Column("m = 2+2a", Kind.THEORY),
                new Column("m = 2+2a and doubled time-outs", Kind.THEORY),
                new Column(MEASURED, Kind.MEASURED));
        final double textbook = ArqEfficiency.textbookRepeats(10);
        final double timer = ArqEfficiency.timerRepeats(10);
        for (final double p : LOSSES) {
            final Frames.Result result = Frames.run(new GoBackN(TIMEOUTS), 64, 10, p, 0, 4 * Frames.PIECES);
            curve.add(
                    p,
                    result.loss(),
                    ArqEfficiency.goBackN(result.loss(), textbook),
                    ArqEfficiency.goBackN(result.loss(), timer),
                    doubled(1, timer, result.loss()),
                    result.efficiency());
        }
        return curve;
    }

    static Curve selective() {
        final Curve curve = Curve.of(
                "selective",
                "Selective repeat, a = 15.5: 32 frames in a round trip",
                EFFICIENCY,
                1,
                4,
                new Column(LOSS_MET, Kind.NOTE),
                new Column("1-p", Kind.THEORY),
                new Column("ideal machine W = 32", Kind.IDEAL),
                new Column("measured W = 32", Kind.MEASURED),
                new Column("measured W = 64", Kind.MEASURED),
                new Column("measured W = 128", Kind.MEASURED));
        for (final double p : LOSSES) {
            final SelectiveRepeat kind = new SelectiveRepeat(SELECTIVE);
            final Frames.Result one = Frames.run(kind, PIPE, A_OF_32, p, 0);
            curve.add(
                    p,
                    one.loss(),
                    ArqEfficiency.selectiveRepeat(A_OF_32, one.loss(), PIPE),
                    IdealSelectiveRepeat.efficiency(PIPE, PIPE, p, 10 * Frames.PIECES),
                    one.efficiency(),
                    Frames.run(kind, 2 * PIPE, A_OF_32, p, 0).efficiency(),
                    Frames.run(kind, 4 * PIPE, A_OF_32, p, 0).efficiency());
        }
        return curve;
    }

    static Curve nak() {
        final Curve curve = Curve.of(
                "nak",
                "Negative acknowledgement, a = 15.5: 32 frames in a round trip",
                EFFICIENCY,
                1,
                4,
                new Column(LOSS_MET, Kind.NOTE),
                new Column("1-p", Kind.THEORY),
                new Column("measured W = 64", Kind.MEASURED),
                new Column("measured W = 128", Kind.MEASURED),
                new Column("measured W = 256", Kind.MEASURED));
        for (final double p : LOSSES) {
            final NakBased kind = new NakBased(REQUESTS);
            final Frames.Result one = Frames.run(kind, 2 * PIPE, A_OF_32, p, 0);
            curve.add(
                    p,
                    one.loss(),
                    1 - one.loss(),
                    one.efficiency(),
                    Frames.run(kind, 4 * PIPE, A_OF_32, p, 0).efficiency(),
                    Frames.run(kind, 8 * PIPE, A_OF_32, p, 0).efficiency());
        }
        return curve;
    }

    static Curve fec() {
        final Curve curve = Curve.of(
                "fec",
                "Forward error correction, k = 8, a = 15.5, W = 256",
                EFFICIENCY,
                1,
                4,
                new Column(LOSS_MET, Kind.NOTE),
                new Column("formula m = 1", Kind.THEORY),
                new Column("measured m = 1", Kind.MEASURED),
                new Column("formula m = 2", Kind.THEORY),
                new Column("measured m = 2", Kind.MEASURED));
        for (final double p : LOSSES) {
            final Frames.Result one = fec(1, p);
            final Frames.Result two = fec(2, p);
            curve.add(
                    p,
                    one.loss(),
                    withRepairs(1, one.loss()),
                    one.efficiency(),
                    withRepairs(2, two.loss()),
                    two.efficiency());
        }
        return curve;
    }

    private static Frames.Result fec(final int repairs, final double p) {
        final FecOptions options = new FecOptions(
                8, repairs, TimeUnit.SECONDS.toNanos(1), REQUESTS.withNakDelayNs(TimeUnit.SECONDS.toNanos(1)));
        return Frames.run(new ForwardErrorCorrection(options), 8 * PIPE, A_OF_32, p, 0);
    }

    /** Frames for a piece: its part of a block with its repairs, and what is sent again of the residue. */
    private static double withRepairs(final int repairs, final double p) {
        final double residual = LossFormulas.fecResidual(8 + repairs, repairs, p);
        return 1 / ((8.0 + repairs) / 8 + residual / (1 - p));
    }
}
