package io.fizeau.transports.arq.cumulative;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.stream.Repetitions;
import io.fizeau.transports.arq.stream.SendQueue;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Wire;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The sending half: pieces from the first unacknowledged one on, as many as the window and the peer's credit allow; at a time-out all of
 * them again, at the pace of a window in a round trip.
 */
final class Outgoing {
    private static final int HEADROOM = Wire.HEADER_BYTES + CumulativeWire.DATA_BYTES;

    private final SendQueue queue;
    private final int window;
    private final Incoming incoming;
    private final Carrier carrier;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final Repetitions repetitions;
    private final RetransmissionTimeout timeout;
    private final long[] sentNs; // of the pieces on the way, the last time
    private final long[] firstNs; // and the first time
    private final int mask;

    private long next; // the piece to be sent next
    private long sentEnd; // one beyond the last piece that was ever sent
    private long ambiguousEnd; // pieces before this one may have been sent more than once: no sample (Karn)
    private long credit;
    private long againFirst; // where sending again began
    private long againNs;
    private boolean isBlocked; // by the credit, with nothing on the way that would be answered
    private long blockedNs;
    private boolean isRefused; // by the socket
    private long refusedNs;

    Outgoing(
            final MechanismSettings settings,
            final int payloadBytes,
            final int window,
            final CumulativeOptions options,
            final Incoming incoming,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        this.queue = SendQueue.of(settings, HEADROOM, payloadBytes);
        this.window = window;
        this.incoming = incoming;
        this.carrier = carrier;
        this.counters = counters;
        this.trace = trace;
        this.repetitions = new Repetitions(counters);
        this.timeout = new RetransmissionTimeout(settings.initialRttNs(), options);
        this.sentNs = new long[BitUtil.findNextPositivePowerOfTwo(window)];
        this.firstNs = new long[sentNs.length];
        this.mask = sentNs.length - 1;
        this.next = settings.firstSent();
        this.sentEnd = settings.firstSent();
        this.ambiguousEnd = settings.firstSent();
        this.credit = settings.firstSent() + settings.roomInPieces();
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

    long sentEnd() {
        return sentEnd;
    }

    boolean isDrained() {
        return queue.isEmpty();
    }

    /** What the peer has, of what was sent. Sends nothing. */
    void onAcknowledgement(
            final long acknowledged, final long peerCredit, final short peerDuplicates, final long nowNs) {
        if (repetitions.onReport(peerDuplicates)) {
            timeout.onSpurious();
        }
        credit = Math.max(credit, peerCredit);
        if (acknowledged <= queue.first()) {
            return;
        }
        if (acknowledged > ambiguousEnd) {
            timeout.onSample(nowNs - sentNs[index(acknowledged - 1)]);
        } else {
            timeout.onDoubtfulSample(nowNs - firstNs[index(acknowledged - 1)]);
        }
        for (long number = queue.first(); number < acknowledged; number++) {
            trace.record(nowNs, DatagramTrace.Event.ACKNOWLEDGED, -1, number, queue.length(number));
        }
        queue.release(acknowledged);
        next = Math.max(next, acknowledged);
    }

    /** Sends what may be sent. */
    void transmit(final long nowNs) {
        isRefused = false;
        final long end = Math.min(queue.end(), Math.min(queue.first() + window, credit));
        while (next < end && !isTooEarly(nowNs)) {
            if (!send(next, nowNs)) {
                isRefused = true;
                refusedNs = nowNs;
                break;
            }
            next++;
            sentEnd = Math.max(sentEnd, next);
        }
        final boolean wasBlocked = isBlocked;
        isBlocked = next == queue.first() && next < queue.end() && next >= credit;
        if (isBlocked && !wasBlocked) {
            blockedNs = nowNs;
        } else if (wasBlocked && !isBlocked) {
            timeout.onProgress();
        }
    }

    private boolean send(final long number, final long nowNs) {
        final int at = index(number);
        final int offset = queue.offset(number);
        final int length = queue.length(number);
        final int body = offset + Wire.HEADER_BYTES;
        incoming.putAcknowledgement(queue.memory().view(), body);
        CumulativeWire.putPiece(queue.memory().view(), body, number, length);
        if (!carrier.send(CumulativeWire.DATA, 0, queue.memory(), offset, HEADROOM + length)) {
            return false;
        }
        incoming.onAcknowledged();
        firstNs[at] = number < sentEnd ? firstNs[at] : nowNs;
        sentNs[at] = nowNs;
        if (number < sentEnd) {
            repetitions.onSent();
            trace.record(nowNs, DatagramTrace.Event.RESENT, -1, number, length);
        } else {
            counters.sent++;
            trace.record(nowNs, DatagramTrace.Event.SENT, -1, number, length);
        }
        return true;
    }

    void onTime(final long nowNs) {
        if (next > queue.first()) {
            if (nowNs - retransmitNs() >= 0) {
                onTimeout(nowNs);
            }
        } else if (isBlocked && nowNs - blockedNs - timeout.timeoutNs() >= 0) {
            probe(nowNs);
            return;
        }
        transmit(nowNs);
    }

    private void onTimeout(final long nowNs) {
        final long first = queue.first();
        timeout.onTimeout();
        counters.timeouts++;
        trace.record(nowNs, DatagramTrace.Event.TIMEOUT, -1, first, timeout.doublings());
        trace.record(nowNs, DatagramTrace.Event.LOST, -1, first, queue.length(first));
        ambiguousEnd = sentEnd;
        next = first;
        againFirst = first;
        againNs = nowNs;
    }

    /**
     * What is sent again is spread over a round trip, at the pace at which a window passes: in one burst the last pieces would wait in the
     * queues of the network for longer than their time-out.
     */
    private boolean isTooEarly(final long nowNs) {
        return next < sentEnd && nowNs - paceNs() < 0;
    }

    private long paceNs() {
        final long spreadNs = Math.min(timeout.roundTripNs(), timeout.timeoutNs());
        return againNs + (next - againFirst) * spreadNs / window;
    }

    private void probe(final long nowNs) {
        if (incoming.send(carrier, CumulativeWire.PROBE)) {
            counters.probesSent++;
            timeout.onTimeout();
            blockedNs = nowNs;
        }
        // Else the time is past still, and it is tried with the next poll.
    }

    private long retransmitNs() {
        return sentNs[index(queue.first())] + timeout.timeoutNs();
    }

    long deadlineNs() {
        if (isRefused) {
            return refusedNs;
        }
        if (isBlocked) {
            return blockedNs + timeout.timeoutNs();
        }
        final long retransmit = next > queue.first() ? retransmitNs() : Mechanism.NEVER;
        final boolean isPaced = next < sentEnd && next < queue.first() + window;
        return isPaced ? Deadlines.earlier(retransmit, paceNs()) : retransmit;
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
