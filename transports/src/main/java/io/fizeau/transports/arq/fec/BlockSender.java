package io.fizeau.transports.arq.fec;

import io.fizeau.transports.arq.code.BlockCode;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** Adds up the pieces of a block as they leave, and sends the sums when it is closed. */
final class BlockSender {
    private static final int HEADROOM = Wire.HEADER_BYTES + FecWire.REPAIR_BYTES;

    private final FecOptions options;
    private final Carrier carrier;
    private final ArqCounters counters;
    private final BlockCode code;
    private final Memory sums;
    private final int slotBytes;
    private final byte[] places; // of the pieces that may be sent again, in their blocks
    private final int mask;

    private long next; // the piece that is sent for the first time next
    private long first;
    private int count;
    private int codedBytes;
    private long openedNs;
    private boolean isClosed;
    private int nextRow;

    BlockSender(
            final MechanismSettings settings,
            final int payloadBytes,
            final FecOptions options,
            final Carrier carrier,
            final ArqCounters counters) {
        this.options = options;
        this.carrier = carrier;
        this.counters = counters;
        this.code = new BlockCode(options.pieces(), options.repairs());
        this.slotBytes = BitUtil.align(HEADROOM + BlockCode.LENGTH_BYTES + payloadBytes, Long.BYTES);
        final int bytes = options.repairs() * slotBytes;
        this.sums = settings.memory(bytes);
        this.places = new byte[settings.roomInPieces()];
        this.mask = places.length - 1;
        this.next = settings.firstSent();
    }

    int place(final long number) {
        return number < next ? places[(int) number & mask] : count;
    }

    void onSent(final long number, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (count == 0) {
            first = number;
            openedNs = nowNs;
            codedBytes = 0;
        }
        final int coded = BlockCode.LENGTH_BYTES + length;
        for (int row = 0; row < options.repairs(); row++) {
            final int sum = row * slotBytes + HEADROOM;
            if (coded > codedBytes) {
                sums.view().setMemory(sum + codedBytes, coded - codedBytes, (byte) 0);
            }
            code.addData(row, count, buffer, offset - BlockCode.LENGTH_BYTES, coded, sums.view(), sum);
        }
        codedBytes = Math.max(codedBytes, coded);
        places[(int) number & mask] = (byte) count;
        next = number + 1;
        count++;
        isClosed = count == options.pieces();
    }

    boolean closeDue(final long nowNs) {
        if (count > 0 && nowNs - openedNs >= options.blockDelayNs()) {
            isClosed = true;
        }
        return isClosed;
    }

    boolean sendDue() {
        if (!isClosed) {
            return true;
        }
        while (nextRow < options.repairs()) {
            final int offset = nextRow * slotBytes;
            FecWire.putRepair(sums.view(), offset + Wire.HEADER_BYTES, first, count, options.repairs(), codedBytes);
            if (!carrier.send(FecWire.REPAIR, nextRow, sums, offset, HEADROOM + codedBytes)) {
                return false;
            }
            counters.repairsSent++;
            nextRow++;
        }
        nextRow = 0;
        count = 0;
        isClosed = false;
        return true;
    }

    boolean isOpen() {
        return count > 0;
    }

    long deadlineNs() {
        return count > 0 ? openedNs + options.blockDelayNs() : Mechanism.NEVER;
    }
}
