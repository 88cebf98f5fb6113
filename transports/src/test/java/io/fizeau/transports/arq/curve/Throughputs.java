package io.fizeau.transports.arq.curve;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.theory.TcpThroughput;
import io.fizeau.transports.arq.congestion.Congestion;
import io.fizeau.transports.arq.curve.Curve.Column;
import io.fizeau.transports.arq.curve.Curve.Kind;
import io.fizeau.transports.arq.selective.SelectiveOptions;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.session.MechanismSettings;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What congestion control makes of loss: 100 Mbit/s, a round trip of 20 ms, random loss, datagrams of 1472 bytes. */
final class Throughputs {
    private static final double RTT_NS = 20e6;
    private static final double MBIT_PER_PIECE = 1_472 * 8 / 1e6;
    private static final int SECONDS = 30;
    private static final long FIRST = 1L << 32;

    private Throughputs() {}

    static Curve curve() {
        final Curve curve = Curve.of(
                        "congestion",
                        "Congestion control on 100 Mbit/s and 20 ms",
                        "Mbit/s",
                        100,
                        2,
                        new Column("Mathis", Kind.THEORY),
                        new Column("PFTK", Kind.THEORY),
                        new Column("measured newreno", Kind.MEASURED),
                        new Column("CUBIC RFC 9438", Kind.THEORY),
                        new Column("measured cubic", Kind.MEASURED))
                .logarithmic(2);
        for (final double p : Efficiencies.LOSSES) {
            curve.add(
                    p,
                    TcpThroughput.mathis(RTT_NS, p) * MBIT_PER_PIECE,
                    TcpThroughput.pftk(RTT_NS, RTT_NS + 1e6, 1, 1_024, p) * MBIT_PER_PIECE,
                    measured(Congestion.NEWRENO, p),
                    TcpThroughput.cubic(RTT_NS, p) * MBIT_PER_PIECE,
                    measured(Congestion.CUBIC, p));
        }
        return curve;
    }

    private static double measured(final Congestion congestion, final double p) {
        final Network network = new Network(
                Impairment.parse(String.format(
                        Locale.ROOT,
                        "rate=100mbit:queue=1m:delay=10ms:up.loss=%.4f%%:seed=%d",
                        p * 100,
                        SplitMix64.mix(Math.round(p * 1e6)) & Long.MAX_VALUE)),
                0);
        final SelectiveOptions defaults = SelectiveOptions.DEFAULT;
        final SelectiveOptions options = new SelectiveOptions(
                congestion, true, defaults.ackEvery(), defaults.maxAckDelayNs(), defaults.granularityNs());
        final Flow flow = network.connect(
                new SelectiveRepeat(options),
                new MechanismSettings(1_472, 1_472, 1_024, false, false, FIRST, FIRST, (long) RTT_NS));
        flow.saturate();
        network.pass(TimeUnit.SECONDS.toNanos(5));
        final long before = flow.delivered();
        network.pass(TimeUnit.SECONDS.toNanos(SECONDS));
        return (flow.delivered() - before) * MBIT_PER_PIECE / SECONDS;
    }
}
