package io.fizeau.transports.arq.curve;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.theory.LossFormulas;
import io.fizeau.core.theory.RecoveryLatency;
import io.fizeau.transports.arq.congestion.Congestion;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.arq.curve.Curve.Column;
import io.fizeau.transports.arq.curve.Curve.Kind;
import io.fizeau.transports.arq.fec.FecOptions;
import io.fizeau.transports.arq.fec.ForwardErrorCorrection;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.arq.selective.SelectiveOptions;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long a lost piece takes: a round trip of 20 ms, a message each half millisecond, no limit of rate. */
final class Recoveries {
    static final double RTT_NS = 20e6;
    static final long GAP_NS = 500_000;
    static final int MESSAGES = 20_000;
    static final double GRANULARITY_NS = 1e6;
    private static final double NS_PER_MS = 1e6;
    private static final long FIRST = 1L << 32;
    private static final int DATAGRAM_BYTES = 1_200;
    private static final int WINDOW = 1_024;
    private static final int BLOCK = 8;

    private Recoveries() {}

    static MechanismKind selective() {
        return new SelectiveRepeat(new SelectiveOptions(
                Congestion.FIXED, false, 8, TimeUnit.MICROSECONDS.toNanos(250), TimeUnit.MILLISECONDS.toNanos(1)));
    }

    static MechanismKind fec(final int repairs) {
        // A block takes four milliseconds to fill; nothing is asked for before it is there.
        return new ForwardErrorCorrection(FecOptions.defaults().withBlocks(BLOCK, repairs, 10_000_000));
    }

    static Flow flow(final Network network, final MechanismKind kind) {
        return network.connect(
                kind, new MechanismSettings(DATAGRAM_BYTES, DATAGRAM_BYTES, WINDOW, false, false, FIRST, FIRST, (long)
                        RTT_NS));
    }

    static Network network(final double p) {
        return new Network(
                Impairment.parse(String.format(
                        Locale.ROOT,
                        "up.loss=%.4f%%:delay=10ms:seed=%d",
                        p * 100,
                        SplitMix64.mix(Math.round(p * 1e6)) & Long.MAX_VALUE)),
                0);
    }

    private static PieceLog run(final MechanismKind kind, final double p) {
        final Network network = network(p);
        final Flow flow = flow(network, kind);
        flow.send(MESSAGES, GAP_NS);
        network.until(() -> flow.delivered() == MESSAGES);
        return flow.log();
    }

    private static double meanMs(final MechanismKind kind, final double p) {
        return Arrays.stream(run(kind, p).recoveriesNs(MESSAGES)).average().orElseThrow() / NS_PER_MS;
    }

    static Curve latency() {
        final Curve curve = Curve.of(
                "recovery",
                "A lost piece: from its first sending to its arrival (RTT 20 ms, gap 0.5 ms)",
                "mean, ms",
                50,
                2,
                new Column("SACK: 1.5 RTT + 3 gaps", Kind.THEORY),
                new Column("measured selective", Kind.MEASURED),
                new Column("NAK: 1.5 RTT + gap", Kind.THEORY),
                new Column("measured nak", Kind.MEASURED),
                new Column("RTO + RTT/2", Kind.THEORY),
                new Column("measured go-back-n", Kind.MEASURED),
                new Column("measured fec m = 2", Kind.MEASURED));
        final double sackMs = RecoveryLatency.sackNs(RTT_NS, GAP_NS, GRANULARITY_NS) / NS_PER_MS;
        final double nakMs = RecoveryLatency.nakNs(RTT_NS, GAP_NS, 0) / NS_PER_MS;
        final double timeoutNs = RecoveryLatency.retransmissionTimeoutNs(RTT_NS, 0, GRANULARITY_NS, 0);
        final double timerMs = RecoveryLatency.tailNs(RTT_NS, timeoutNs) / NS_PER_MS;
        for (final double p : Efficiencies.LOSSES) {
            curve.add(
                    p,
                    sackMs,
                    meanMs(selective(), p),
                    nakMs,
                    meanMs(NakBased.withDefaults(), p),
                    timerMs,
                    meanMs(GoBackN.withDefaults(), p),
                    meanMs(fec(2), p));
        }
        return curve;
    }

    static Curve residual() {
        final Curve curve = Curve.of(
                        "fec-residual",
                        "What redundancy leaves lost, k = 8",
                        "share of pieces that had to be asked for",
                        1,
                        6,
                        new Column("p: without a code", Kind.THEORY),
                        new Column("m = 1", Kind.THEORY),
                        new Column("measured m = 1", Kind.MEASURED),
                        new Column("m = 2", Kind.THEORY),
                        new Column("measured m = 2", Kind.MEASURED))
                .logarithmic(4);
        for (final double p : Efficiencies.LOSSES) {
            curve.add(
                    p,
                    p,
                    LossFormulas.fecResidual(BLOCK + 1, 1, p),
                    askedFor(1, p),
                    LossFormulas.fecResidual(BLOCK + 2, 2, p),
                    askedFor(2, p));
        }
        return curve;
    }

    /** A piece that took a round trip and more was not restored by its block, which is there a few milliseconds after half of one. */
    private static double askedFor(final int repairs, final double p) {
        final long[] times = run(fec(repairs), p).recoveriesNs(MESSAGES);
        return (double) Arrays.stream(times).filter(ns -> ns > RTT_NS).count() / MESSAGES;
    }
}
