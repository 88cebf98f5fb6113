package io.fizeau.transports.arq.nak;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.arq.stream.ReceiveQueue;
import io.fizeau.transports.arq.stream.TracedDelivery;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import org.agrona.DirectBuffer;

/** The receiving half: keeps what comes, asks for what is missing, and says now and then what it has. */
final class NakReceiver implements Redundancy.Repairable {
    private static final int REPORTS_PER_WINDOW = 4;

    private final Carrier carrier;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final TracedDelivery delivery;
    private final ReceiveQueue queue;
    private final Gaps gaps;
    private final int capacity;
    private final int reportEvery;
    private final Memory control;

    private long reportedMissing;
    private long reportedCredit;
    private int duplicates;
    private boolean isStatusDue;
    private boolean isAnswerDue;
    private int heartbeat; // the last one
    private long statusDueNs;

    NakReceiver(
            final MechanismSettings settings,
            final int payloadBytes,
            final NakOptions options,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        final int fixed = Wire.HEADER_BYTES + NakWire.REPORT_BYTES;
        final int room = (settings.maxDatagramBytes() - fixed) / NakWire.RANGE_BYTES;
        final int mostRanges = Math.max(1, Math.min(NakWire.MOST_RANGES, room));
        final int bytes =
                fixed + Math.max(NakWire.STATUS_BYTES - NakWire.REPORT_BYTES, mostRanges * NakWire.RANGE_BYTES);
        this.carrier = carrier;
        this.counters = counters;
        this.trace = trace;
        this.delivery = new TracedDelivery(carrier, trace);
        this.queue = ReceiveQueue.of(settings, payloadBytes, delivery);
        this.gaps = new Gaps(queue, settings.windowDatagrams(), mostRanges, settings.initialRttNs(), options);
        this.capacity = settings.roomInPieces();
        this.reportEvery = Math.max(1, settings.windowDatagrams() / REPORTS_PER_WINDOW);
        this.control = settings.memory(bytes);
        this.reportedMissing = queue.missing();
        this.reportedCredit = queue.credit();
    }

    @Override
    public long missing() {
        return queue.missing();
    }

    @Override
    public long credit() {
        return queue.credit();
    }

    @Override
    public boolean has(final long number) {
        return queue.has(number);
    }

    /** A piece came; returns whether it was missing. May hand out messages. */
    boolean onPiece(
            final long number,
            final boolean isAgain,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (number >= queue.credit()) {
            counters.beyondWindow++;
            return false;
        }
        if (queue.has(number)) {
            duplicates++;
            counters.duplicate++;
            trace.record(nowNs, DatagramTrace.Event.DUPLICATE, -1, number, length);
            return false;
        }
        gaps.onPiece(number, isAgain, nowNs);
        counters.received++;
        trace.record(nowNs, DatagramTrace.Event.RECEIVED, -1, number, length);
        take(number, buffer, offset, length, nowNs);
        return true;
    }

    @Override
    public void onRestored(
            final long number, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (number < queue.credit() && !queue.has(number)) {
            gaps.onPiece(number, false, nowNs);
            counters.restored++;
            trace.record(nowNs, DatagramTrace.Event.RESTORED, -1, number, length);
            take(number, buffer, offset, length, nowNs);
        }
    }

    private void take(
            final long number, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        delivery.at(nowNs);
        if (queue.accept(number, buffer, offset, length) == ReceiveQueue.Outcome.GARBAGE) {
            delivery.fail(CloseReason.PROTOCOL_ERROR, nowNs);
        } else {
            considerStatus(nowNs);
        }
    }

    @Override
    public void onKnown(final long end, final long nowNs) {
        gaps.onKnown(end, nowNs);
    }

    @Override
    public void onPassed(final long end, final long nowNs) {
        gaps.onPassed(end, nowNs);
    }

    /** The peer has sent all before a number, and waits; returns false if that cannot be. */
    boolean onHeartbeat(final long end, final int count, final long nowNs) {
        if (end > queue.credit()) {
            counters.beyondWindow++;
            return false;
        }
        gaps.onKnown(end, nowNs);
        heartbeat = count;
        isAnswerDue = true;
        statusAt(nowNs);
        return true;
    }

    void deliver(final long nowNs) {
        delivery.at(nowNs);
        queue.deliver();
        considerStatus(nowNs);
    }

    boolean hasUndelivered() {
        return queue.hasUndelivered();
    }

    private void considerStatus(final long nowNs) {
        final long opened = queue.credit() - reportedCredit;
        final boolean wasClosed = reportedCredit <= queue.missing();
        if (queue.missing() - reportedMissing >= reportEvery || opened >= capacity / 2 || (wasClosed && opened > 0)) {
            statusAt(nowNs);
        }
    }

    private void statusAt(final long nowNs) {
        if (!isStatusDue) {
            isStatusDue = true;
            statusDueNs = nowNs;
        }
    }

    void onTime(final long nowNs) {
        while (Deadlines.isDue(gaps.deadlineNs(), nowNs)) {
            final int ranges = gaps.findDue(nowNs);
            if (ranges == 0) {
                break;
            }
            if (!request(ranges, nowNs)) {
                return;
            }
        }
        if (isStatusDue) {
            status();
        }
    }

    private boolean request(final int ranges, final long nowNs) {
        putReport();
        for (int i = 0; i < ranges; i++) {
            NakWire.putRange(control.view(), Wire.HEADER_BYTES, i, gaps.from(i), gaps.to(i));
        }
        final int length = Wire.HEADER_BYTES + NakWire.REPORT_BYTES + ranges * NakWire.RANGE_BYTES;
        if (!carrier.send(NakWire.REQUEST, ranges, control, 0, length)) {
            return false;
        }
        onReported();
        counters.requestsSent++;
        for (int i = 0; i < ranges; i++) {
            final int pieces = (int) (gaps.to(i) - gaps.from(i));
            trace.record(nowNs, DatagramTrace.Event.REQUESTED, -1, gaps.from(i), pieces);
        }
        gaps.onAsked(nowNs);
        return true;
    }

    private void status() {
        putReport();
        NakWire.putAnswered(control.view(), Wire.HEADER_BYTES, heartbeat);
        final int flags = isAnswerDue ? NakWire.IS_ANSWER : 0;
        if (carrier.send(NakWire.STATUS, flags, control, 0, Wire.HEADER_BYTES + NakWire.STATUS_BYTES)) {
            counters.acknowledgementsSent++;
            isAnswerDue = false;
            onReported();
        }
    }

    private void putReport() {
        NakWire.putReport(control.view(), Wire.HEADER_BYTES, queue.missing(), queue.credit(), duplicates);
    }

    private void onReported() {
        reportedMissing = queue.missing();
        reportedCredit = queue.credit();
        isStatusDue = isAnswerDue;
    }

    long deadlineNs() {
        return Deadlines.earlier(gaps.deadlineNs(), isStatusDue ? statusDueNs : Mechanism.NEVER);
    }
}
