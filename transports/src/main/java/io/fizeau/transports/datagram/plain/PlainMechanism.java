package io.fizeau.transports.datagram.plain;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One end without a mechanism. Keeps what the user does not take at once, as many messages as the window has datagrams. */
final class PlainMechanism implements Mechanism {
    private final Carrier carrier;
    private final ArqCounters counters;
    private final DatagramTrace trace;
    private final int maxMessageBytes;
    private final int capacity;
    private final Memory out;
    private final UnsafeBuffer kept = new UnsafeBuffer(new byte[0]); // made when it is needed first
    private final int[] keptBytes;
    private int oldest;
    private int count;
    private long accepted;
    private long delivered;

    PlainMechanism(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        this.carrier = carrier;
        this.counters = counters;
        this.trace = trace;
        this.maxMessageBytes = settings.maxMessageBytes();
        this.capacity = Math.max(1, settings.windowDatagrams());
        this.keptBytes = new int[capacity];
        final int longestBytes = Wire.HEADER_BYTES + maxMessageBytes;
        this.out = settings.memory(longestBytes);
    }

    @Override
    public SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        out.view().putBytes(Wire.HEADER_BYTES, buffer, offset, length);
        if (!carrier.send(Plain.DATA, 0, out, 0, Wire.HEADER_BYTES + length)) {
            return SendStatus.BACK_PRESSURED;
        }
        counters.sent++;
        trace.record(nowNs, Event.ACCEPTED, accepted, accepted, (int) accepted);
        trace.record(nowNs, Event.SENT, accepted, accepted, length);
        accepted++;
        return SendStatus.ACCEPTED;
    }

    @Override
    public SendStatus flush(final long nowNs) {
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
        if (type != Plain.DATA || flags != 0 || length > maxMessageBytes) {
            return false;
        }
        if (count == capacity) {
            counters.beyondWindow++;
            return true;
        }
        counters.received++;
        trace.record(nowNs, Event.RECEIVED, -1, -1, length);
        if (count > 0 || !handOver(buffer, offset, length, nowNs)) {
            keep(buffer, offset, length);
        }
        return true;
    }

    @Override
    public void deliver(final long nowNs) {
        while (count > 0 && handOver(kept, oldest * maxMessageBytes, keptBytes[oldest], nowNs)) {
            oldest = (oldest + 1) % capacity;
            count--;
        }
    }

    private boolean handOver(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!carrier.deliver(buffer, offset, length)) {
            return false;
        }
        trace.record(nowNs, Event.DELIVERED, delivered, -1, length);
        delivered++;
        return true;
    }

    private void keep(final DirectBuffer buffer, final int offset, final int length) {
        if (kept.capacity() == 0) {
            kept.wrap(new byte[Math.multiplyExact(capacity, maxMessageBytes)]);
        }
        final int at = (oldest + count) % capacity;
        kept.putBytes(at * maxMessageBytes, buffer, offset, length);
        keptBytes[at] = length;
        count++;
    }

    @Override
    public boolean hasUndelivered() {
        return count > 0;
    }

    @Override
    public void onTime(final long nowNs) {
        // Nothing is ever due.
    }

    @Override
    public long deadlineNs() {
        return NEVER;
    }

    @Override
    public boolean isDrained() {
        return true;
    }
}
