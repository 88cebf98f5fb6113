package io.fizeau.transports.arq.nak;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Wire;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/** One end of a connection with negative acknowledgements: reads datagrams, and leaves them to the two halves and to redundancy. */
public final class NakMachine implements Mechanism {
    /** Bytes of a data datagram that are not the user's. */
    public static final int OVERHEAD_BYTES = Wire.HEADER_BYTES + NakWire.DATA_BYTES;

    /** The first type of datagram that is left to redundancy. */
    public static final byte FIRST_OF_REDUNDANCY = NakWire.HEARTBEAT + 1;

    private final int payloadBytes;
    private final int capacity;
    private final ArqCounters counters;
    private final NakReceiver receiver;
    private final NakSender sender;
    private final Redundancy redundancy;

    /**
     * Makes one.
     *
     * @param settings what was agreed upon.
     * @param payloadBytes the longest payload of a piece; with {@link #OVERHEAD_BYTES} no more than the longest datagram.
     * @param options what can be chosen.
     * @param carrier the way out.
     * @param counters takes what is counted.
     * @param trace takes what happens.
     * @param maker makes what is sent beside the pieces.
     */
    public NakMachine(
            final MechanismSettings settings,
            final int payloadBytes,
            final NakOptions options,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace,
            final Function<Redundancy.Repairable, Redundancy> maker) {
        this.payloadBytes = payloadBytes;
        this.capacity = settings.roomInPieces();
        this.counters = counters;
        this.receiver = new NakReceiver(settings, payloadBytes, options, carrier, counters, trace);
        this.redundancy = maker.apply(receiver);
        this.sender = new NakSender(settings, payloadBytes, options, redundancy, carrier, counters, trace);
    }

    @Override
    public SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return sender.offer(buffer, offset, length, nowNs);
    }

    @Override
    public SendStatus flush(final long nowNs) {
        sender.flush(nowNs);
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
        if (type >= FIRST_OF_REDUNDANCY) {
            return redundancy.onDatagram(type, flags, buffer, offset, length, nowNs);
        }
        if (!NakWire.isWhole(type, flags, buffer, offset, length, payloadBytes)) {
            return false;
        }
        return switch (type) {
            case NakWire.DATA -> onPiece(flags, buffer, offset, length, nowNs);
            case NakWire.HEARTBEAT -> onHeartbeat(buffer, offset, nowNs);
            default -> onReport(type, flags, buffer, offset, nowNs);
        };
    }

    private boolean onPiece(
            final int flags, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final long number = WireNumber.expand(NakWire.number(buffer, offset), receiver.missing());
        final boolean isAgain = (flags & NakWire.AGAIN) != 0;
        final int payload = offset + NakWire.DATA_BYTES;
        final int bytes = length - NakWire.DATA_BYTES;
        if (receiver.onPiece(number, isAgain, buffer, payload, bytes, nowNs)) {
            redundancy.onPiece(number, flags & NakWire.REDUNDANCY_FLAGS, buffer, payload, bytes, nowNs);
        }
        return true;
    }

    private boolean onHeartbeat(final DirectBuffer buffer, final int offset, final long nowNs) {
        final long end = WireNumber.expand(NakWire.end(buffer, offset), receiver.missing());
        if (receiver.onHeartbeat(end, NakWire.count(buffer, offset), nowNs)) {
            redundancy.onHeartbeat(end, nowNs);
        }
        return true;
    }

    /** A status or a request: both begin with a report. */
    private boolean onReport(
            final byte type, final int flags, final DirectBuffer buffer, final int offset, final long nowNs) {
        final long release = WireNumber.expand(NakWire.release(buffer, offset), sender.first());
        final long credit = WireNumber.expand(NakWire.credit(buffer, offset), release);
        if (credit < release || credit > release + capacity) {
            return false;
        }
        final int ranges = type == NakWire.REQUEST ? flags : 0;
        long end = release;
        for (int i = 0; i < ranges; i++) {
            final long from = WireNumber.expand(NakWire.from(buffer, offset, i), release);
            final long to = WireNumber.expand(NakWire.to(buffer, offset, i), release);
            if (from < end || to <= from) {
                return false;
            }
            end = to;
        }
        if (end > sender.next()) {
            counters.beyondWindow++;
            return true;
        }
        sender.onReport(release, credit, NakWire.duplicates(buffer, offset), nowNs);
        if (type == NakWire.STATUS && (flags & NakWire.IS_ANSWER) != 0) {
            sender.onAnswer(NakWire.answered(buffer, offset), nowNs);
        }
        for (int i = 0; i < ranges; i++) {
            final long from = WireNumber.expand(NakWire.from(buffer, offset, i), release);
            final long to = WireNumber.expand(NakWire.to(buffer, offset, i), release);
            sender.onRequest(from, to, nowNs);
        }
        sender.transmit(nowNs);
        return true;
    }

    @Override
    public void deliver(final long nowNs) {
        receiver.deliver(nowNs);
    }

    @Override
    public boolean hasUndelivered() {
        return receiver.hasUndelivered();
    }

    @Override
    public void onTime(final long nowNs) {
        sender.onTime(nowNs);
        receiver.onTime(nowNs);
    }

    @Override
    public long deadlineNs() {
        return Deadlines.earlier(sender.deadlineNs(), receiver.deadlineNs());
    }

    @Override
    public boolean isDrained() {
        return sender.isDrained();
    }
}
