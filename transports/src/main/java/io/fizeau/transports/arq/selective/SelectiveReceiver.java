package io.fizeau.transports.arq.selective;

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
import io.fizeau.transports.datagram.wire.WireNumber;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What this end receives: pieces, and when to acknowledge them. */
final class SelectiveReceiver {
    private static final long FARTHEST_BACK = 1L << 30;

    private final SelectiveOptions options;
    private final Carrier carrier;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final TracedDelivery delivery;
    private final ReceiveQueue queue;
    private final ReceivedPackets packets;
    private final int halfWindow;
    private final Memory ack;

    private int unacknowledged; // datagrams since the last acknowledgement that ask for one
    private long oldestNew = Long.MAX_VALUE; // lowest packet number since then
    private long greatestNs; // when the greatest packet number came
    private long ackDeadlineNs = Mechanism.NEVER;
    private long advertisedCredit;

    SelectiveReceiver(
            final SelectiveOptions options,
            final MechanismSettings settings,
            final int payloadBytes,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        this.options = options;
        this.carrier = carrier;
        this.counters = counters;
        this.trace = trace;
        this.delivery = new TracedDelivery(carrier, trace);
        this.queue = ReceiveQueue.of(settings, payloadBytes, delivery);
        this.packets = new ReceivedPackets(settings.firstReceived());
        this.advertisedCredit = queue.credit();
        this.halfWindow = (int) (queue.credit() - settings.firstReceived()) / 2;
        final int ackBytes =
                Wire.HEADER_BYTES + SelectiveWire.RANGES + SelectiveWire.MAX_RANGES * SelectiveWire.RANGE_BYTES;
        this.ack = settings.memory(ackBytes);
    }

    /** A data datagram: its piece, and the note that it came. */
    boolean onData(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final long packet = packetNumber(buffer, offset);
        final long piece = WireNumber.expand(
                buffer.getInt(offset + SelectiveWire.PIECE, ByteOrder.LITTLE_ENDIAN), queue.missing());
        final int payloadBytes = length - SelectiveWire.DATA_BYTES;
        if (payloadBytes == 0) {
            return false;
        }
        if (piece >= queue.credit()) {
            counters.beyondWindow++; // nobody was allowed to send it, and it is not stored: so it did not come
            return true;
        }
        if (queue.has(piece)) {
            counters.duplicate++;
            trace.record(nowNs, DatagramTrace.Event.DUPLICATE, packet, piece, payloadBytes);
            onPacket(packet, nowNs);
            acknowledgeBy(nowNs);
            return true;
        }
        onPacket(packet, nowNs);
        counters.received++;
        trace.record(nowNs, DatagramTrace.Event.RECEIVED, packet, piece, payloadBytes);
        delivery.at(nowNs);
        // There is room, so it will be stored whatever the user says; what the user sends meanwhile may acknowledge it.
        final ReceiveQueue.Outcome outcome =
                queue.accept(piece, buffer, offset + SelectiveWire.DATA_BYTES, payloadBytes);
        if (outcome == ReceiveQueue.Outcome.GARBAGE) {
            carrier.fail(CloseReason.PROTOCOL_ERROR, nowNs);
        }
        announceCredit(nowNs);
        return true;
    }

    /** A probe: it wants nothing but an answer. */
    void onProbe(final DirectBuffer buffer, final int offset, final long nowNs) {
        onPacket(packetNumber(buffer, offset), nowNs);
        acknowledgeBy(nowNs);
    }

    private long packetNumber(final DirectBuffer buffer, final int offset) {
        return WireNumber.expand(
                buffer.getInt(offset + SelectiveWire.PACKET, ByteOrder.LITTLE_ENDIAN), packets.greatest() + 1);
    }

    private void onPacket(final long packet, final long nowNs) {
        final long greatest = packets.greatest();
        if (!packets.add(packet)) {
            return;
        }
        if (packet > greatest) {
            greatestNs = nowNs;
        }
        unacknowledged++;
        oldestNew = Math.min(oldestNew, packet);
        final boolean isInOrder = packet == greatest + 1;
        acknowledgeBy(isInOrder && unacknowledged < options.ackEvery() ? nowNs + options.maxAckDelayNs() : nowNs);
    }

    private void acknowledgeBy(final long deadlineNs) {
        ackDeadlineNs = Deadlines.earlier(ackDeadlineNs, deadlineNs);
    }

    void deliver(final long nowNs) {
        delivery.at(nowNs);
        queue.deliver();
        announceCredit(nowNs);
    }

    boolean hasUndelivered() {
        return queue.hasUndelivered();
    }

    /** Lets the peer know that there is room again, when it may be waiting for that. */
    void announceCredit(final long nowNs) {
        final long credit = queue.credit();
        final long grown = credit - advertisedCredit;
        if (grown >= halfWindow || (grown > 0 && queue.highest() >= advertisedCredit)) {
            acknowledgeBy(nowNs);
        }
    }

    long ackDeadlineNs() {
        return ackDeadlineNs;
    }

    /** Sends an acknowledgement if one is due; if the socket takes nothing, it stays due. */
    void onTime(final long nowNs) {
        if (Deadlines.isDue(ackDeadlineNs, nowNs)) {
            sendAck(nowNs);
        }
    }

    private void sendAck(final long nowNs) {
        final UnsafeBuffer body = ack.view();
        final int at = Wire.HEADER_BYTES;
        final long credit = queue.credit();
        body.putInt(at + SelectiveWire.ACK_CREDIT, (int) credit, ByteOrder.LITTLE_ENDIAN);
        body.putInt(at + SelectiveWire.ACK_HELD, heldNs(nowNs), ByteOrder.LITTLE_ENDIAN);
        int position = at + SelectiveWire.RANGES;
        // Numbers so far back are long settled, and 32 bits could not tell them from later ones.
        final long oldest = packets.greatest() - FARTHEST_BACK;
        for (int range = packets.ranges() - 1; range >= 0 && packets.high(range) >= oldest; range--) {
            body.putInt(position, (int) Math.max(packets.low(range), oldest), ByteOrder.LITTLE_ENDIAN);
            body.putInt(position + Integer.BYTES, (int) packets.high(range), ByteOrder.LITTLE_ENDIAN);
            position += SelectiveWire.RANGE_BYTES;
        }
        if (carrier.send(SelectiveWire.ACK, 0, ack, 0, position)) {
            counters.acknowledgementsSent++;
            acknowledged(credit);
        }
    }

    /** Writes the acknowledgement that travels with data; returns the flags. */
    int putInto(final UnsafeBuffer view, final int body, final long nowNs) {
        putCredit(view, body);
        final int ranges = packets.ranges();
        if (ranges == 0) {
            return 0;
        }
        final long high = packets.high(ranges - 1);
        final long before = Math.min(high - packets.low(ranges - 1), Integer.MAX_VALUE);
        view.putInt(body + SelectiveWire.ACKED, (int) high, ByteOrder.LITTLE_ENDIAN);
        view.putInt(body + SelectiveWire.ACKED_BEFORE, (int) before, ByteOrder.LITTLE_ENDIAN);
        view.putInt(body + SelectiveWire.ACK_DELAY, heldNs(nowNs), ByteOrder.LITTLE_ENDIAN);
        return SelectiveWire.WITH_ACK;
    }

    /** Writes the credit alone. */
    void putCredit(final UnsafeBuffer view, final int body) {
        view.putInt(body + SelectiveWire.CREDIT, (int) queue.credit(), ByteOrder.LITTLE_ENDIAN);
    }

    /** Data left with an acknowledgement. It says all that is new only if all that is new is in the latest range. */
    void onCarried() {
        final int ranges = packets.ranges();
        if (ranges > 0 && oldestNew >= packets.low(ranges - 1)) {
            acknowledged(queue.credit());
        } else {
            advertisedCredit = queue.credit();
        }
    }

    private void acknowledged(final long credit) {
        unacknowledged = 0;
        oldestNew = Long.MAX_VALUE;
        ackDeadlineNs = Mechanism.NEVER;
        advertisedCredit = credit;
    }

    private int heldNs(final long nowNs) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, nowNs - greatestNs));
    }
}
