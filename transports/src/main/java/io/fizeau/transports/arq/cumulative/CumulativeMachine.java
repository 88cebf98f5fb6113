package io.fizeau.transports.arq.cumulative;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Wire;
import io.fizeau.transports.datagram.wire.WireNumber;
import org.agrona.DirectBuffer;

/** One end of a connection with cumulative acknowledgements: reads datagrams, and leaves them to the two halves. */
final class CumulativeMachine implements Mechanism {
    static final int OVERHEAD_BYTES = Wire.HEADER_BYTES + CumulativeWire.DATA_BYTES;

    private final int payloadBytes;
    private final int capacity;
    private final Carrier carrier;
    private final ArqCounters counters;
    private final Incoming incoming;
    private final Outgoing outgoing;

    CumulativeMachine(
            final MechanismSettings settings,
            final int window,
            final CumulativeOptions options,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        this.payloadBytes = settings.maxDatagramBytes() - OVERHEAD_BYTES;
        this.capacity = settings.roomInPieces();
        this.carrier = carrier;
        this.counters = counters;
        this.incoming = new Incoming(settings, payloadBytes, carrier, counters, trace);
        this.outgoing = new Outgoing(settings, payloadBytes, window, options, incoming, carrier, counters, trace);
    }

    @Override
    public SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return outgoing.offer(buffer, offset, length, nowNs);
    }

    @Override
    public SendStatus flush(final long nowNs) {
        outgoing.flush(nowNs);
        return SendStatus.ACCEPTED;
    }

    @Override
    public boolean onDatagram(
            final byte type,
            final int flags,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (!CumulativeWire.isWhole(type, buffer, offset, length, payloadBytes)) {
            return false;
        }
        final long acknowledged = WireNumber.expand(CumulativeWire.acknowledged(buffer, offset), outgoing.first());
        final long credit = WireNumber.expand(CumulativeWire.credit(buffer, offset), acknowledged);
        if (credit < acknowledged || credit > acknowledged + capacity) {
            return false;
        }
        final boolean isData = type == CumulativeWire.DATA;
        final long number = isData ? WireNumber.expand(CumulativeWire.number(buffer, offset), incoming.missing()) : 0;
        if (acknowledged > outgoing.sentEnd() || (isData && number >= incoming.credit())) {
            counters.beyondWindow++;
            return true;
        }
        outgoing.onAcknowledgement(acknowledged, credit, CumulativeWire.duplicates(buffer, offset), nowNs);
        if (isData) {
            final int header = CumulativeWire.DATA_BYTES;
            incoming.onPiece(number, buffer, offset + header, length - header, nowNs);
        } else if (type == CumulativeWire.PROBE) {
            incoming.acknowledgeAt(nowNs);
        }
        outgoing.transmit(nowNs);
        return true;
    }

    @Override
    public void deliver(final long nowNs) {
        incoming.deliver(nowNs);
    }

    @Override
    public boolean hasUndelivered() {
        return incoming.hasUndelivered();
    }

    @Override
    public void onTime(final long nowNs) {
        outgoing.onTime(nowNs);
        incoming.onTime(carrier);
    }

    @Override
    public long deadlineNs() {
        return Deadlines.earlier(incoming.deadlineNs(), outgoing.deadlineNs());
    }

    @Override
    public boolean isDrained() {
        return outgoing.isDrained();
    }
}
