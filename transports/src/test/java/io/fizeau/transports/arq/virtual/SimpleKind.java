package io.fizeau.transports.arq.virtual;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.stream.ReceiveQueue;
import io.fizeau.transports.arq.stream.SendQueue;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A mechanism so simple that a fault of a simulation, of a session or of the queues cannot hide behind it: all from the first gap on is
 * sent again at a fixed time, and everything is acknowledged at once. Not fast, and no transport.
 */
final class SimpleKind implements MechanismKind {
    private static final byte DATA = Wire.FIRST_OF_MECHANISM;
    private static final byte ACKNOWLEDGEMENT = Wire.FIRST_OF_MECHANISM + 1;
    private static final int HEADROOM = Wire.HEADER_BYTES + Integer.BYTES;
    private static final int ACKNOWLEDGEMENT_BYTES = 2 * Integer.BYTES;
    private static final long LEAST_WAIT_NS = 5_000_000;
    private static final long MOST_WAIT_NS = 60_000_000_000L;

    @Override
    public byte protocol() {
        return 100;
    }

    @Override
    public int overheadBytes() {
        return HEADROOM;
    }

    @Override
    public boolean fragments() {
        return true;
    }

    @Override
    public Mechanism create(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        return new Simple(settings, carrier, counters);
    }

    private static final class Simple implements Mechanism {
        private final Carrier carrier;
        private final ArqCounters counters;
        private final SendQueue queue;
        private final ReceiveQueue received;
        private final Memory control = Memory.onHeap(Wire.HEADER_BYTES + ACKNOWLEDGEMENT_BYTES);
        private final long startWaitNs;
        private long next;
        private long highest;
        private long credit;
        private boolean owesAcknowledgement;
        private boolean isSocketFull;
        private long waitNs;
        private long againNs = NEVER;
        private long now;

        Simple(final MechanismSettings settings, final Carrier carrier, final ArqCounters counters) {
            this.carrier = carrier;
            this.counters = counters;
            final int payload = settings.maxDatagramBytes() - HEADROOM;
            queue = new SendQueue(
                    Math.max(settings.windowDatagrams(), SendQueue.piecesOf(settings.maxMessageBytes(), payload) + 1),
                    HEADROOM,
                    payload,
                    settings.firstSent(),
                    settings.gathers(),
                    settings.isDirect());
            received = new ReceiveQueue(
                    settings.windowDatagrams(), payload, settings.maxMessageBytes(), settings.firstReceived(), carrier);
            next = settings.firstSent();
            highest = next;
            credit = next + (received.credit() - settings.firstReceived());
            startWaitNs = Math.max(LEAST_WAIT_NS, 3 * settings.initialRttNs());
            waitNs = startWaitNs;
        }

        @Override
        public SendStatus offer(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            now = nowNs;
            if (!queue.offer(buffer, offset, length, Long.MAX_VALUE)) {
                return SendStatus.BACK_PRESSURED;
            }
            sendData();
            return SendStatus.ACCEPTED;
        }

        @Override
        public SendStatus flush(final long nowNs) {
            now = nowNs;
            queue.closeLast();
            sendData();
            return SendStatus.ACCEPTED;
        }

        private void sendData() {
            isSocketFull = false;
            while (next < queue.end() && next < credit && !isSocketFull) {
                sendPiece(next, queue.length(next));
            }
            if (againNs == NEVER && !queue.isEmpty() && queue.first() < queue.end()) {
                againNs = now + waitNs;
            }
        }

        private void sendPiece(final long number, final int bytes) {
            final int at = queue.offset(number);
            queue.memory().view().putInt(at + Wire.HEADER_BYTES, (int) number, ByteOrder.LITTLE_ENDIAN);
            if (!carrier.send(DATA, 0, queue.memory(), at, HEADROOM + bytes)) {
                isSocketFull = true;
                return;
            }
            if (number < highest) {
                counters.resent++;
            } else {
                counters.sent++;
            }
            next = number + 1;
            highest = Math.max(highest, next);
        }

        @Override
        public boolean onDatagram(
                final byte type,
                final int flags,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final long nowNs) {
            now = nowNs;
            if (type == DATA && length > Integer.BYTES) {
                onData(buffer, offset, length);
            } else if (type == ACKNOWLEDGEMENT && length == ACKNOWLEDGEMENT_BYTES) {
                onAcknowledgement(
                        WireNumber.expand(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN), queue.first()),
                        WireNumber.expand(buffer.getInt(offset + Integer.BYTES, ByteOrder.LITTLE_ENDIAN), credit));
            } else {
                return false;
            }
            return true;
        }

        private void onData(final DirectBuffer buffer, final int offset, final int length) {
            final long number = WireNumber.expand(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN), received.missing());
            owesAcknowledgement = true;
            switch (received.accept(number, buffer, offset + Integer.BYTES, length - Integer.BYTES)) {
                case TAKEN -> counters.received++;
                case DUPLICATE -> counters.duplicate++;
                case NO_ROOM -> counters.beyondWindow++;
                case GARBAGE -> carrier.fail(CloseReason.PROTOCOL_ERROR, now);
            }
        }

        private void onAcknowledgement(final long missing, final long newCredit) {
            if (missing > highest || newCredit - missing > 2L * Integer.MAX_VALUE) {
                counters.beyondWindow++;
                return;
            }
            credit = Math.max(credit, newCredit);
            if (missing > queue.first()) {
                queue.release(missing);
                next = Math.max(next, missing);
                waitNs = startWaitNs;
                againNs = NEVER;
            }
            sendData();
        }

        @Override
        public void deliver(final long nowNs) {
            now = nowNs;
            final long before = received.credit();
            received.deliver();
            owesAcknowledgement |= received.credit() != before;
        }

        @Override
        public boolean hasUndelivered() {
            return received.hasUndelivered();
        }

        @Override
        public void onTime(final long nowNs) {
            now = nowNs;
            if (owesAcknowledgement) {
                control.view().putInt(Wire.HEADER_BYTES, (int) received.missing(), ByteOrder.LITTLE_ENDIAN);
                control.view()
                        .putInt(Wire.HEADER_BYTES + Integer.BYTES, (int) received.credit(), ByteOrder.LITTLE_ENDIAN);
                owesAcknowledgement = !carrier.send(
                        ACKNOWLEDGEMENT, 0, control, 0, control.view().capacity());
                counters.acknowledgementsSent++;
            }
            if (againNs != NEVER && nowNs - againNs >= 0) {
                counters.timeouts++;
                waitNs = Math.min(2 * waitNs, MOST_WAIT_NS);
                againNs = nowNs + waitNs;
                next = queue.first();
                if (next >= credit) {
                    probe();
                }
            }
            sendData();
        }

        /** A piece that the peer has had: it answers with its credit. */
        private void probe() {
            control.view().putInt(Wire.HEADER_BYTES, (int) (next - 1), ByteOrder.LITTLE_ENDIAN);
            carrier.send(DATA, 0, control, 0, control.view().capacity());
            counters.probesSent++;
        }

        @Override
        public long deadlineNs() {
            return owesAcknowledgement || isSocketFull ? now : againNs;
        }

        @Override
        public boolean isDrained() {
            return queue.isEmpty();
        }
    }
}
