package io.fizeau.transports.arq.cumulative;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.arq.stream.ReceiveQueue;
import io.fizeau.transports.arq.stream.TracedDelivery;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The receiving half: takes the piece that is due and no other, and acknowledges all that it has, whatever came. */
final class Incoming {
    private final ReceiveQueue queue;
    private final TracedDelivery delivery;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final int capacity;
    private final Memory control;

    private boolean isDue;
    private long dueNs;
    private long announcedCredit;
    private int duplicates;

    Incoming(
            final MechanismSettings settings,
            final int payloadBytes,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        this.delivery = new TracedDelivery(carrier, trace);
        this.queue = ReceiveQueue.of(settings, payloadBytes, delivery);
        this.counters = counters;
        this.trace = trace;
        this.capacity = settings.roomInPieces();
        this.announcedCredit = queue.credit();
        final int bytes = Wire.HEADER_BYTES + CumulativeWire.ACKNOWLEDGEMENT_BYTES;
        this.control = settings.memory(bytes);
    }

    long missing() {
        return queue.missing();
    }

    long credit() {
        return queue.credit();
    }

    /** A piece came that is not beyond the credit. May hand out messages; they may be answered at once. */
    void onPiece(final long number, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        acknowledgeAt(nowNs);
        if (number < queue.missing()) {
            duplicates++;
            counters.duplicate++;
            trace.record(nowNs, DatagramTrace.Event.DUPLICATE, -1, number, length);
        } else if (number > queue.missing()) {
            counters.beyondWindow++;
            trace.record(nowNs, DatagramTrace.Event.DISCARDED, -1, number, length);
        } else {
            counters.received++;
            trace.record(nowNs, DatagramTrace.Event.RECEIVED, -1, number, length);
            delivery.at(nowNs);
            if (queue.accept(number, buffer, offset, length) == ReceiveQueue.Outcome.GARBAGE) {
                delivery.fail(CloseReason.PROTOCOL_ERROR, nowNs);
            }
        }
    }

    /** An acknowledgement is due, unless a piece that leaves before brings it. */
    void acknowledgeAt(final long nowNs) {
        if (!isDue) {
            isDue = true;
            dueNs = nowNs;
        }
    }

    void deliver(final long nowNs) {
        delivery.at(nowNs);
        queue.deliver();
        final boolean wasClosed = announcedCredit <= queue.missing();
        final long growth = queue.credit() - announcedCredit;
        if (growth > 0 && (wasClosed || growth >= capacity / 2)) {
            acknowledgeAt(nowNs);
        }
    }

    boolean hasUndelivered() {
        return queue.hasUndelivered();
    }

    /** Writes what a piece brings along. */
    void putAcknowledgement(final UnsafeBuffer buffer, final int at) {
        CumulativeWire.putAcknowledgement(buffer, at, queue.missing(), queue.credit(), duplicates);
    }

    /** What was written has left. */
    void onAcknowledged() {
        isDue = false;
        announcedCredit = queue.credit();
    }

    void onTime(final Carrier carrier) {
        if (isDue && send(carrier, CumulativeWire.ACKNOWLEDGEMENT)) {
            counters.acknowledgementsSent++;
        }
    }

    /** Sends an acknowledgement alone, or a probe, which is one that asks for one. */
    boolean send(final Carrier carrier, final byte type) {
        putAcknowledgement(control.view(), Wire.HEADER_BYTES);
        if (!carrier.send(type, 0, control, 0, Wire.HEADER_BYTES + CumulativeWire.ACKNOWLEDGEMENT_BYTES)) {
            return false;
        }
        onAcknowledged();
        return true;
    }

    long deadlineNs() {
        return isDue ? dueNs : Mechanism.NEVER;
    }
}
