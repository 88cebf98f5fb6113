package io.fizeau.transports.arq.fec;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Repair datagrams that did not suffice when they came, as many as there is room for; the oldest gives way. */
final class RepairStore {
    private static final long NONE = Long.MIN_VALUE;

    private final UnsafeBuffer memory;
    private final int slotBytes;
    private final long[] firsts; // of the block
    private final int[] pieces;
    private final int[] rows;
    private final int[] lengths;
    private int used;
    private int oldest;

    RepairStore(final int capacity, final int slotBytes) {
        this.memory = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, slotBytes)]);
        this.slotBytes = slotBytes;
        this.firsts = new long[capacity];
        Arrays.fill(firsts, NONE);
        this.pieces = new int[capacity];
        this.rows = new int[capacity];
        this.lengths = new int[capacity];
    }

    boolean isEmpty() {
        return used == 0;
    }

    int capacity() {
        return firsts.length;
    }

    void put(
            final long first,
            final int blockPieces,
            final int row,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        for (int at = 0; at < firsts.length; at++) {
            if (firsts[at] == first && rows[at] == row) {
                return;
            }
        }
        final int at = oldest;
        oldest = (oldest + 1) % firsts.length;
        if (firsts[at] == NONE) {
            used++;
        }
        firsts[at] = first;
        pieces[at] = blockPieces;
        rows[at] = row;
        lengths[at] = length;
        memory.putBytes(at * slotBytes, buffer, offset, length);
    }

    boolean holds(final int at, final long first, final int blockPieces) {
        return firsts[at] == first && pieces[at] == blockPieces;
    }

    /** How many pieces the block has that begins with a number; 0 if no repair of it is here. */
    int piecesOf(final long first) {
        for (int at = 0; at < firsts.length; at++) {
            if (firsts[at] == first) {
                return pieces[at];
            }
        }
        return 0;
    }

    int row(final int at) {
        return rows[at];
    }

    int length(final int at) {
        return lengths[at];
    }

    UnsafeBuffer memory() {
        return memory;
    }

    int offset(final int at) {
        return at * slotBytes;
    }

    void forget(final long first) {
        for (int at = 0; at < firsts.length; at++) {
            if (firsts[at] == first) {
                firsts[at] = NONE;
                used--;
            }
        }
    }

    /** Forgets blocks that are complete because all pieces before a number are there. */
    void forgetBefore(final long missing) {
        for (int at = 0; at < firsts.length && used > 0; at++) {
            if (firsts[at] != NONE && firsts[at] + pieces[at] <= missing) {
                firsts[at] = NONE;
                used--;
            }
        }
    }
}
