package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Window;
import io.fizeau.core.random.SplitMix64;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The messages of one direction, and how the user at its end takes them.
 *
 * @param seed contents and lengths follow from it.
 * @param messages how many.
 * @param longest the longest message in bytes.
 * @param burst how many are sent together.
 * @param gapNs the time from one burst to the next.
 * @param answers whether message i is sent when message i of the other direction has come, and by its callback.
 * @param flushEvery after how many messages a flush is asked for, beside that at the end of a burst.
 * @param stalls when the receiving user takes nothing, since it opened.
 * @param refusedPpm how often it takes nothing otherwise.
 */
record Traffic(
        long seed,
        int messages,
        int longest,
        int burst,
        long gapNs,
        boolean answers,
        int flushEvery,
        List<Window> stalls,
        int refusedPpm) {
    private static final int SHAPES = 8;

    /** When a message may be sent, since the sender opened. */
    long dueNs(final int index) {
        return index / burst * gapNs;
    }

    /** From 0 to the longest; the ends are frequent. */
    int length(final int index) {
        final long mixed = SplitMix64.mix(seed + index);
        final int shape = (int) (mixed >>> 1) % SHAPES;
        final int any = (int) Math.floorMod(mixed >>> 4, longest + 1L);
        return switch (shape) {
            case 0 -> 0;
            case 1 -> longest;
            case 2, 3, 4 -> any % (Math.min(longest, 12) + 1);
            default -> any;
        };
    }

    void write(final int index, final MutableDirectBuffer buffer, final int offset) {
        final int length = length(index);
        if (length < Integer.BYTES) {
            buffer.setMemory(offset, length, (byte) (seed + length));
            return;
        }
        buffer.putInt(offset, index);
        for (int at = Integer.BYTES; at < length; at++) {
            buffer.putByte(offset + at, content(index, at));
        }
    }

    /** Whether this is that message. */
    boolean isMessage(final int index, final DirectBuffer buffer, final int offset, final int length) {
        if (length != length(index)) {
            return false;
        }
        if (length < Integer.BYTES) {
            for (int at = 0; at < length; at++) {
                if (buffer.getByte(offset + at) != (byte) (seed + length)) {
                    return false;
                }
            }
            return true;
        }
        if (buffer.getInt(offset) != index) {
            return false;
        }
        for (int at = Integer.BYTES; at < length; at++) {
            if (buffer.getByte(offset + at) != content(index, at)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is any of the first messages. */
    boolean isAnyOf(final int count, final DirectBuffer buffer, final int offset, final int length) {
        if (length >= Integer.BYTES) {
            final int index = buffer.getInt(offset);
            return index >= 0 && index < count && isMessage(index, buffer, offset, length);
        }
        for (int index = 0; index < count; index++) {
            if (isMessage(index, buffer, offset, length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the receiving user takes nothing at this time, since it opened. */
    boolean isStalled(final long sinceOpenNs) {
        for (int i = 0; i < stalls.size(); i++) {
            final Window stall = stalls.get(i);
            if (sinceOpenNs >= stall.fromNs() && sinceOpenNs < stall.untilNs()) {
                return true;
            }
        }
        return false;
    }

    private byte content(final int index, final int at) {
        return (byte) ((seed + index * 0x9e3779b97f4a7c15L) >>> (at & 31) ^ at * 31L);
    }
}
