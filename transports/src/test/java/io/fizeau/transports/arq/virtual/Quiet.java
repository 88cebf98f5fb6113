package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import java.util.List;

/** Schedules without chance, for tests that say themselves what goes wrong. */
final class Quiet {
    static final long MS = 1_000_000;
    static final long SECOND = 1_000_000_000;
    static final long IDLE_NS = 4 * SECOND;
    static final long CONNECT_NS = 10 * SECOND;
    static final int LONGEST = 60;
    static final int PAYLOAD = 80;
    static final int WINDOW = 16;

    private Quiet() {}

    /** A delay of 1 ms each way, and so many messages each way, one of them each so often. */
    static Schedule of(final MechanismKind kind, final int messages, final long gapNs) {
        return new Schedule(
                1,
                settings(kind),
                Impairment.parse("delay=1ms"),
                new PathLimits(256, 512, 0, 0),
                List.of(),
                List.of(),
                1_000 * SECOND,
                -3,
                Integer.MAX_VALUE - 2,
                traffic(7, messages, gapNs),
                traffic(8, messages, gapNs),
                1,
                0,
                false);
    }

    static SessionSettings settings(final MechanismKind kind) {
        return new SessionSettings(
                kind, LONGEST, kind.overheadBytes() + PAYLOAD, WINDOW, false, false, CONNECT_NS, IDLE_NS);
    }

    static Traffic traffic(final long seed, final int messages, final long gapNs) {
        return new Traffic(seed, messages, LONGEST, 1, gapNs, false, Integer.MAX_VALUE, List.of(), 0);
    }
}
