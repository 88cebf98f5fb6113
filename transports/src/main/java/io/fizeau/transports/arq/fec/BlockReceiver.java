package io.fizeau.transports.arq.fec;

import io.fizeau.transports.arq.code.BlockCode;
import io.fizeau.transports.arq.nak.Redundancy;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the last pieces that came, and repair datagrams that do not suffice yet, and restores what is missing. */
final class BlockReceiver {
    private static final int LEAST_REPAIRS_KEPT = 16;
    private static final int MOST_REPAIRS_KEPT = 128;
    private static final int SLOTS = FecOptions.MOST_PIECES + FecOptions.MOST_REPAIRS;

    private final Redundancy.Repairable machine;
    private final ArqCounters counters;
    private final BlockCode code = new BlockCode(FecOptions.MOST_PIECES, FecOptions.MOST_REPAIRS);
    private final int payloadBytes;
    private final int slotBytes;
    private final UnsafeBuffer kept; // pieces, each behind its length
    private final long[] keptNumbers;
    private final int mask;
    private final RepairStore repairs;
    private final UnsafeBuffer block;
    private final int[] lengths = new int[SLOTS];

    BlockReceiver(
            final MechanismSettings settings,
            final int payloadBytes,
            final FecOptions options,
            final Redundancy.Repairable machine,
            final ArqCounters counters) {
        this.machine = machine;
        this.counters = counters;
        this.payloadBytes = payloadBytes;
        this.slotBytes = BlockCode.LENGTH_BYTES + payloadBytes;
        final int capacity =
                BitUtil.findNextPositivePowerOfTwo(Math.max(settings.windowDatagrams(), 2 * FecOptions.MOST_PIECES));
        this.kept = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, slotBytes)]);
        this.keptNumbers = new long[capacity];
        this.mask = capacity - 1;
        final int repairsOfWindow = options.repairs() * (settings.windowDatagrams() / options.pieces());
        this.repairs =
                new RepairStore(Math.max(LEAST_REPAIRS_KEPT, Math.min(MOST_REPAIRS_KEPT, repairsOfWindow)), slotBytes);
        this.block = new UnsafeBuffer(new byte[SLOTS * slotBytes]);
    }

    void onPiece(
            final long number,
            final int place,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        final int at = (int) number & mask;
        keptNumbers[at] = number;
        kept.putBytes(at * slotBytes, buffer, offset - BlockCode.LENGTH_BYTES, BlockCode.LENGTH_BYTES + length);
        final long first = number - place;
        if (!repairs.isEmpty()) {
            repairs.forgetBefore(machine.missing());
            final int pieces = repairs.piecesOf(first);
            if (pieces > 0) {
                restore(first, pieces, nowNs);
            }
        }
        // The sender is beyond all blocks before this one: their repairs have come, or will not.
        machine.onPassed(first, nowNs);
    }

    void onRepair(final int row, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final long first = WireNumber.expand(FecWire.first(buffer, offset), machine.missing());
        final int pieces = FecWire.pieces(buffer, offset);
        final long end = first + pieces;
        if (end > machine.credit()) {
            counters.beyondWindow++;
            return;
        }
        if (missing(first, pieces) > 0) {
            final int header = FecWire.REPAIR_BYTES;
            repairs.put(first, pieces, row, buffer, offset + header, length - header);
            restore(first, pieces, nowNs);
        }
        machine.onKnown(end, nowNs);
        machine.onPassed(row == FecWire.repairs(buffer, offset) - 1 ? end : first, nowNs);
    }

    private int missing(final long first, final int pieces) {
        int count = 0;
        for (long number = first; number < first + pieces; number++) {
            if (!machine.has(number)) {
                count++;
            }
        }
        return count;
    }

    private void restore(final long first, final int pieces, final long nowNs) {
        if (!gather(first, pieces)) {
            return;
        }
        repairs.forget(first);
        final int absent = BlockCode.MISSING;
        long missing = 0;
        for (int index = 0; index < pieces; index++) {
            missing |= lengths[index] == absent ? 1L << index : 0;
        }
        if (!code.recover(block, 0, slotBytes, lengths, pieces)) {
            return;
        }
        for (int index = 0; index < pieces; index++) {
            final int slot = index * slotBytes;
            final int length = BlockCode.lengthAt(block, slot, lengths[index]);
            if ((missing & 1L << index) != 0 && length > 0 && length <= payloadBytes) {
                machine.onRestored(first + index, block, slot + BlockCode.LENGTH_BYTES, length, nowNs);
            }
        }
    }

    /** Lays out a block; returns whether what is there suffices. */
    private boolean gather(final long first, final int pieces) {
        Arrays.fill(lengths, BlockCode.MISSING);
        int missing = 0;
        for (int index = 0; index < pieces; index++) {
            final long number = first + index;
            final int at = (int) number & mask;
            if (!machine.has(number)) {
                missing++;
            } else if (keptNumbers[at] != number) {
                return false;
            }
        }
        int rows = 0;
        for (int at = 0; at < repairs.capacity(); at++) {
            rows += repairs.holds(at, first, pieces) ? 1 : 0;
        }
        if (missing == 0 || rows < missing) {
            return false;
        }
        for (int index = 0; index < pieces; index++) {
            final int from = ((int) (first + index) & mask) * slotBytes;
            if (machine.has(first + index)) {
                lengths[index] = BlockCode.LENGTH_BYTES + BlockCode.lengthAt(kept, from, slotBytes);
                block.putBytes(index * slotBytes, kept, from, lengths[index]);
            }
        }
        for (int at = 0; at < repairs.capacity(); at++) {
            if (repairs.holds(at, first, pieces)) {
                final int slot = FecOptions.MOST_PIECES + repairs.row(at);
                lengths[slot] = repairs.length(at);
                block.putBytes(slot * slotBytes, repairs.memory(), repairs.offset(at), repairs.length(at));
            }
        }
        return true;
    }
}
