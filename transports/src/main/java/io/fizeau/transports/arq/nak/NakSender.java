package io.fizeau.transports.arq.nak;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.stream.Repetitions;
import io.fizeau.transports.arq.stream.SendQueue;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The sending half: sends pieces once, again what is asked for, and heartbeats while it rests and not all is released. */
final class NakSender {
    private static final int HEADROOM = Wire.HEADER_BYTES + NakWire.DATA_BYTES;

    private final Carrier carrier;
    private final Redundancy redundancy;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final SendQueue queue;
    private final int window;
    private final int mask;
    private final long[] againNs; // when a piece was last sent again, or NEVER
    private final boolean[] isWanted;
    private final Repetitions repetitions;
    private final Heartbeats heartbeats;
    private final Memory control;

    private long next; // the piece to be sent for the first time next
    private long credit;
    private long wantedFrom;
    private long wantedEnd;
    private boolean isResting; // while not all is released, or the credit is closed
    private boolean isRefused; // by the socket
    private long refusedNs;

    NakSender(
            final MechanismSettings settings,
            final int payloadBytes,
            final NakOptions options,
            final Redundancy redundancy,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        final int capacity = settings.roomInPieces();
        final int bytes = Wire.HEADER_BYTES + NakWire.HEARTBEAT_BYTES;
        this.carrier = carrier;
        this.redundancy = redundancy;
        this.counters = counters;
        this.trace = trace;
        this.queue = SendQueue.of(settings, HEADROOM, payloadBytes);
        this.window = settings.windowDatagrams();
        this.mask = capacity - 1;
        this.againNs = new long[capacity];
        Arrays.fill(againNs, Mechanism.NEVER);
        this.isWanted = new boolean[capacity];
        this.repetitions = new Repetitions(counters);
        this.heartbeats = new Heartbeats(settings.initialRttNs(), options.heartbeatMaxNs());
        this.control = settings.memory(bytes);
        this.next = settings.firstSent();
        this.credit = settings.firstSent() + capacity;
        this.wantedFrom = settings.firstSent();
        this.wantedEnd = settings.firstSent();
    }

    SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final long index = queue.messages();
        final long first = queue.end();
        if (!queue.offer(buffer, offset, length, Long.MAX_VALUE)) {
            return SendStatus.BACK_PRESSURED;
        }
        trace.record(nowNs, DatagramTrace.Event.ACCEPTED, index, first, (int) queue.last());
        transmit(nowNs);
        return SendStatus.ACCEPTED;
    }

    void flush(final long nowNs) {
        queue.closeLast();
        transmit(nowNs);
    }

    long first() {
        return queue.first();
    }

    long next() {
        return next;
    }

    boolean isDrained() {
        return queue.isEmpty();
    }

    void onAnswer(final int heartbeat, final long nowNs) {
        heartbeats.onAnswer(heartbeat, nowNs);
    }

    /** What the peer has, of what was sent. Sends nothing. */
    void onReport(final long release, final long peerCredit, final short peerDuplicates, final long nowNs) {
        repetitions.onReport(peerDuplicates);
        credit = Math.max(credit, peerCredit);
        if (release <= queue.first()) {
            return;
        }
        for (long number = queue.first(); number < release; number++) {
            isWanted[index(number)] = false;
            trace.record(nowNs, DatagramTrace.Event.ACKNOWLEDGED, -1, number, queue.length(number));
        }
        queue.release(release);
        heartbeats.onRest(nowNs);
    }

    /**
     * The peer asks for pieces. One that was sent again less than half a round trip ago is on its way: a request for it is one that the
     * network doubled, or that crossed it, for a peer that has waited for it asks no earlier than after a round trip.
     */
    void onRequest(final long from, final long to, final long nowNs) {
        final long dampNs = heartbeats.roundTripNs() / 2;
        for (long number = Math.max(from, queue.first()); number < Math.min(to, next); number++) {
            final int at = index(number);
            final boolean isOnItsWay = againNs[at] != Mechanism.NEVER && nowNs - againNs[at] < dampNs;
            if (isOnItsWay || isWanted[at]) {
                continue;
            }
            isWanted[at] = true;
            wantedFrom = wantedFrom < wantedEnd ? Math.min(wantedFrom, number) : number;
            wantedEnd = Math.max(wantedEnd, number + 1);
            trace.record(nowNs, DatagramTrace.Event.LOST, -1, number, queue.length(number));
        }
    }

    /** Sends what may be sent. */
    void transmit(final long nowNs) {
        isRefused = !sendWanted(nowNs) || !sendRedundancy(nowNs) || !sendNew(nowNs);
        if (isRefused) {
            refusedNs = nowNs;
        }
        final boolean wasResting = isResting;
        isResting = queue.first() < next || (next < queue.end() && next >= credit);
        if (isResting && !wasResting) {
            heartbeats.onRest(nowNs);
        }
    }

    private boolean sendWanted(final long nowNs) {
        for (long number = Math.max(wantedFrom, queue.first()); number < wantedEnd; number++) {
            final int at = index(number);
            if (isWanted[at]) {
                if (!send(number, NakWire.AGAIN)) {
                    wantedFrom = number;
                    return false;
                }
                isWanted[at] = false;
                againNs[at] = nowNs;
                repetitions.onSent();
                trace.record(nowNs, DatagramTrace.Event.RESENT, -1, number, queue.length(number));
                heartbeats.onHeard(nowNs);
            }
        }
        wantedFrom = wantedEnd;
        return true;
    }

    private boolean sendRedundancy(final long nowNs) {
        final boolean wasOpen = redundancy.isOpen();
        final boolean isSent = redundancy.sendDue(nowNs);
        if (wasOpen && !redundancy.isOpen()) {
            heartbeats.onRest(nowNs);
        }
        return isSent;
    }

    private boolean sendNew(final long nowNs) {
        final long end = Math.min(queue.end(), Math.min(queue.first() + window, credit));
        while (next < end) {
            final long number = next;
            if (!send(number, 0)) {
                return false;
            }
            next++;
            againNs[index(number)] = Mechanism.NEVER;
            final int length = queue.length(number);
            counters.sent++;
            trace.record(nowNs, DatagramTrace.Event.SENT, -1, number, length);
            heartbeats.onRest(nowNs);
            redundancy.onSent(number, queue.memory().view(), queue.offset(number) + HEADROOM, length, nowNs);
            if (!sendRedundancy(nowNs)) {
                return false;
            }
        }
        return true;
    }

    private boolean send(final long number, final int flags) {
        final int offset = queue.offset(number);
        final int length = queue.length(number);
        NakWire.putPiece(queue.memory().view(), offset + Wire.HEADER_BYTES, number, length);
        return carrier.send(NakWire.DATA, flags | redundancy.flags(number), queue.memory(), offset, HEADROOM + length);
    }

    void onTime(final long nowNs) {
        if (isHeartbeatAllowed() && nowNs - heartbeats.deadlineNs() >= 0 && !sendHeartbeat(nowNs)) {
            return; // its time is past still, and it is tried with the next poll
        }
        transmit(nowNs);
        if (!isRefused && redundancy.closeDue(nowNs)) {
            transmit(nowNs);
        }
    }

    private boolean sendHeartbeat(final long nowNs) {
        NakWire.putHeartbeat(control.view(), Wire.HEADER_BYTES, next, heartbeats.nextCount());
        if (!carrier.send(NakWire.HEARTBEAT, 0, control, 0, Wire.HEADER_BYTES + NakWire.HEARTBEAT_BYTES)) {
            return false;
        }
        counters.probesSent++;
        heartbeats.onSent(nowNs);
        return true;
    }

    private boolean isHeartbeatAllowed() {
        return isResting && !redundancy.isOpen();
    }

    long deadlineNs() {
        if (isRefused) {
            return refusedNs;
        }
        return Deadlines.earlier(
                redundancy.deadlineNs(), isHeartbeatAllowed() ? heartbeats.deadlineNs() : Mechanism.NEVER);
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
