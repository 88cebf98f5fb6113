package io.fizeau.bench.story;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.trace.TraceHeader;
import io.fizeau.transports.datagram.trace.TraceRecorder;

/** A trace by hand: times in tenths of a millisecond, pieces from 1000 on. */
public final class Script {
    private static final long FIRST = 1_000;
    private static final long TENTH_NS = 100_000;

    private final TraceRecorder recorder;

    public Script(final TraceHeader.Role role, final String clock) {
        recorder = new TraceRecorder(
                new TraceHeader(7, role, role == TraceHeader.Role.CLIENT ? 1 : 2, "arq-test", "n", clock), 1_000);
    }

    public static Script client() {
        return new Script(TraceHeader.Role.CLIENT, "boot");
    }

    public static Script server() {
        return new Script(TraceHeader.Role.SERVER, "boot");
    }

    /** A message that takes the pieces from one to another. */
    public Script accepted(final long at, final long message, final long first, final long last) {
        recorder.record(at * TENTH_NS, Event.ACCEPTED, message, FIRST + first, (int) (FIRST + last));
        return this;
    }

    /** A message in one piece of the same number, accepted and sent. */
    public Script sent(final long at, final long message) {
        accepted(at, message, message, message);
        return piece(at, Event.SENT, message, message);
    }

    public Script piece(final long at, final Event event, final long packet, final long piece) {
        recorder.record(at * TENTH_NS, event, packet, FIRST + piece, 100);
        return this;
    }

    public Script piece(final long at, final Event event, final long piece) {
        return piece(at, event, -1, piece);
    }

    public Script delivered(final long at, final long message) {
        recorder.record(at * TENTH_NS, Event.DELIVERED, message, -1, 100);
        return this;
    }

    public Script length(final long at, final Event event, final long piece, final int length) {
        recorder.record(at * TENTH_NS, event, -1, FIRST + piece, length);
        return this;
    }

    public Trace trace() {
        return recorder.trace();
    }
}
