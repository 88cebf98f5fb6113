package io.fizeau.transports.arq.selective;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.congestion.CongestionControl;
import io.fizeau.transports.arq.timing.RttEstimator;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** The two halves of one end, and the datagrams taken apart. */
final class SelectiveMachine implements Mechanism {
    private final SelectiveReceiver receiver;
    private final SelectiveSender sender;

    SelectiveMachine(
            final SelectiveOptions options,
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        final int payloadBytes = settings.maxDatagramBytes() - SelectiveWire.DATA_HEADER_BYTES;
        receiver = new SelectiveReceiver(options, settings, payloadBytes, carrier, counters, trace);
        sender = new SelectiveSender(options, settings, payloadBytes, receiver, carrier, counters, trace);
    }

    @Override
    public SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return sender.offer(buffer, offset, length, nowNs);
    }

    @Override
    public SendStatus flush(final long nowNs) {
        return sender.flush(nowNs);
    }

    @Override
    public boolean onDatagram(
            final byte type,
            final int flags,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        return switch (type) {
            case SelectiveWire.DATA -> onData(flags, buffer, offset, length, nowNs);
            case SelectiveWire.ACK -> onAck(buffer, offset, length, nowNs);
            case SelectiveWire.PROBE -> onProbe(buffer, offset, length, nowNs);
            default -> false;
        };
    }

    private boolean onData(
            final int flags, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length <= SelectiveWire.DATA_BYTES || (flags & ~SelectiveWire.WITH_ACK) != 0) {
            return false;
        }
        final int credit = getInt(buffer, offset + SelectiveWire.CREDIT);
        if ((flags & SelectiveWire.WITH_ACK) == 0) {
            sender.onCredit(credit);
        } else {
            final long greatest = sender.expand(getInt(buffer, offset + SelectiveWire.ACKED));
            final int before = getInt(buffer, offset + SelectiveWire.ACKED_BEFORE);
            if (!sender.isPossible(greatest) || before < 0) {
                return false;
            }
            sender.onCredit(credit);
            final int heldNs = getInt(buffer, offset + SelectiveWire.ACK_DELAY);
            sender.onRange(greatest - before, greatest, greatest, Math.max(0, heldNs), nowNs);
            sender.onAckEnd(nowNs);
        }
        return receiver.onData(buffer, offset, length, nowNs);
    }

    private boolean onAck(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int ranges = (length - SelectiveWire.RANGES) / SelectiveWire.RANGE_BYTES;
        if (length < SelectiveWire.RANGES
                || ranges > SelectiveWire.MAX_RANGES
                || length != SelectiveWire.RANGES + ranges * SelectiveWire.RANGE_BYTES
                || !areRangesPossible(buffer, offset, ranges)) {
            return false;
        }
        sender.onCredit(getInt(buffer, offset + SelectiveWire.ACK_CREDIT));
        final int heldNs = Math.max(0, getInt(buffer, offset + SelectiveWire.ACK_HELD));
        for (int range = 0; range < ranges; range++) {
            sender.onRange(
                    low(buffer, offset, range), high(buffer, offset, range), high(buffer, offset, 0), heldNs, nowNs);
        }
        sender.onAckEnd(nowNs);
        return true;
    }

    /** Falling, without overlap, and of packets that were sent. */
    private boolean areRangesPossible(final DirectBuffer buffer, final int offset, final int ranges) {
        for (int range = 0; range < ranges; range++) {
            final long high = high(buffer, offset, range);
            final boolean isBelow = range == 0 ? sender.isPossible(high) : high < low(buffer, offset, range - 1);
            if (!isBelow || low(buffer, offset, range) > high) {
                return false;
            }
        }
        return true;
    }

    private long low(final DirectBuffer buffer, final int offset, final int range) {
        return sender.expand(getInt(buffer, offset + SelectiveWire.RANGES + range * SelectiveWire.RANGE_BYTES));
    }

    private long high(final DirectBuffer buffer, final int offset, final int range) {
        return sender.expand(
                getInt(buffer, offset + SelectiveWire.RANGES + range * SelectiveWire.RANGE_BYTES + Integer.BYTES));
    }

    private boolean onProbe(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length != SelectiveWire.PROBE_BYTES) {
            return false;
        }
        sender.onCredit(getInt(buffer, offset + SelectiveWire.CREDIT));
        receiver.onProbe(buffer, offset, nowNs);
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
        return Deadlines.earlier(sender.deadlineNs(), receiver.ackDeadlineNs());
    }

    @Override
    public boolean isDrained() {
        return sender.isDrained();
    }

    /** The estimator, for tests. */
    RttEstimator rtt() {
        return sender.rtt();
    }

    /** The congestion control, for tests. */
    CongestionControl congestion() {
        return sender.congestion();
    }

    private static int getInt(final DirectBuffer buffer, final int index) {
        return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN);
    }
}
