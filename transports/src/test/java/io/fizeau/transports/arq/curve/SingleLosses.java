package io.fizeau.transports.arq.curve;

import io.fizeau.core.theory.RecoveryLatency;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.arq.cumulative.StopAndWait;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.Locale;

/** One piece is lost, once: within a flow, or as the last of all. From its first sending to its arrival; the link of {@link Recoveries}. */
final class SingleLosses {
    /** The piece: the fifth of its block of eight. */
    private static final int LOST = 2_000 + 4;

    private static final int BLOCK = 8;
    private static final double NS_PER_MS = 1e6;

    private SingleLosses() {}

    static String csv() {
        final double rtt = Recoveries.RTT_NS;
        final double gap = Recoveries.GAP_NS;
        final double timer = RecoveryLatency.retransmissionTimeoutNs(rtt, 0, Recoveries.GRANULARITY_NS, 0);
        final double probe = RecoveryLatency.probeTimeoutNs(rtt, 0, Recoveries.GRANULARITY_NS, 250_000);
        final StringBuilder text = new StringBuilder("mechanism,which,formula,formula ms,measured ms\n");
        add(text, "go-back-n", "one of a flow", "RTO + RTT/2", RecoveryLatency.tailNs(rtt, timer), flow(gbn(), 0));
        add(
                text,
                "selective",
                "one of a flow",
                "1.5 RTT + 3 gaps",
                RecoveryLatency.packetThresholdNs(rtt, gap),
                flow(Recoveries.selective(), 0));
        add(text, "nak", "one of a flow", "1.5 RTT + gap", RecoveryLatency.nakNs(rtt, gap, 0), flow(nak(), 0));
        add(
                text,
                "fec k=8 m=2",
                "one of a flow",
                "at most RTT/2 + n gaps",
                RecoveryLatency.fecNs(rtt, gap, BLOCK + 2),
                flow(Recoveries.fec(2), 2));
        add(text, "stop-and-wait", "the last", "RTO + RTT/2", RecoveryLatency.tailNs(rtt, timer), last(saw(), 0));
        add(text, "go-back-n", "the last", "RTO + RTT/2", RecoveryLatency.tailNs(rtt, timer), last(gbn(), 0));
        add(
                text,
                "selective",
                "the last",
                "PTO + RTT/2",
                RecoveryLatency.tailNs(rtt, probe),
                last(Recoveries.selective(), 0));
        add(text, "nak", "the last", "9/8 RTT + 1.5 RTT", rtt * (9 / 8.0 + 1.5), last(nak(), 0));
        add(text, "fec k=8 m=2", "the last", "block delay + RTT/2", 10e6 + rtt / 2, last(Recoveries.fec(2), 2));
        return text.toString();
    }

    private static MechanismKind gbn() {
        return GoBackN.withDefaults();
    }

    private static MechanismKind saw() {
        return StopAndWait.withDefaults();
    }

    private static MechanismKind nak() {
        return NakBased.withDefaults();
    }

    private static void add(
            final StringBuilder text,
            final String mechanism,
            final String which,
            final String formula,
            final double formulaNs,
            final long measuredNs) {
        text.append(String.format(
                Locale.ROOT,
                "%s,%s,%s,%.3f,%.3f\n",
                mechanism,
                which,
                formula,
                formulaNs / NS_PER_MS,
                measuredNs / NS_PER_MS));
    }

    private static long flow(final MechanismKind kind, final int repairs) {
        return run(kind, repairs, LOST + 200, Recoveries.GAP_NS);
    }

    private static long last(final MechanismKind kind, final int repairs) {
        // Slowly enough for stop-and-wait; what was before does not matter to the last.
        return run(
                kind,
                repairs,
                LOST + 1,
                kind instanceof StopAndWait ? 2 * (long) Recoveries.RTT_NS : Recoveries.GAP_NS);
    }

    private static long run(final MechanismKind kind, final int repairs, final int messages, final long gapNs) {
        final Network network = Recoveries.network(0);
        final Flow flow = Recoveries.flow(network, kind);
        final int index = LOST + LOST / BLOCK * repairs;
        flow.gate(sent -> sent != index);
        flow.send(messages, gapNs);
        network.until(() -> flow.delivered() == messages);
        return flow.log().tookNs(LOST);
    }
}
