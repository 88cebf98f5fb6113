package io.fizeau.core.impair;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The packets of a path that are not handed out yet: a line in the order in which they leave, and beside it those that others
 * overtake. No packet in the line is due later than the end of any hold, so the line is always first in, first out.
 */
final class PacketLine {
    /** When nothing is due, ever. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int MAX_OVERTAKEN = 256;

    private final int packetBytes;
    private final UnsafeBuffer slab;
    private final int[] lengths;
    private final long[] offeredNs;
    private final long[] dueNs;
    private final boolean[] isTwice;
    private final int[] free;
    private final int[] line;
    private final int[] overtaken = new int[MAX_OVERTAKEN];
    private final int[] placesLeft = new int[MAX_OVERTAKEN];
    private final long[] holdEndNs = new long[MAX_OVERTAKEN];
    private int freeCount;
    private int lineHead;
    private int lineCount;
    private int overtakenCount;
    private boolean isFirstAgain;

    private long passed;
    private long duplicated;
    private long reordered;
    private long cutShort;
    private long delayed;
    private long intendedDelayNs;
    private long lateNs;
    private long maxLateNs;

    PacketLine(final PathLimits limits) {
        packetBytes = limits.packetBytes();
        slab = new UnsafeBuffer(ByteBuffer.allocateDirect(limits.packets() * packetBytes));
        lengths = new int[limits.packets()];
        offeredNs = new long[limits.packets()];
        dueNs = new long[limits.packets()];
        isTwice = new boolean[limits.packets()];
        free = new int[limits.packets()];
        line = new int[limits.packets()];
        for (int slot = limits.packets() - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
    }

    boolean hasRoomFor(final int length) {
        return freeCount > 0 && length <= packetBytes;
    }

    boolean canHoldBack() {
        return overtakenCount < MAX_OVERTAKEN;
    }

    /** Takes a slot; the caller then writes the packet at {@link #offset} and lets it enter or holds it back. */
    int take(final int length, final long nowNs, final boolean comesTwice) {
        final int slot = free[--freeCount];
        lengths[slot] = length;
        offeredNs[slot] = nowNs;
        isTwice[slot] = comesTwice;
        return slot;
    }

    UnsafeBuffer slab() {
        return slab;
    }

    int offset(final int slot) {
        return slot * packetBytes;
    }

    /** Lets a packet go at the end of the line; it is due no earlier than those before it. Those it is the last to overtake follow. */
    void enter(final int slot, final long due) {
        while (overtakenCount > 0 && holdEndNs[0] - due < 0) {
            append(overtaken[0], holdEndNs[0]);
            dropFirstOvertaken();
            cutShort++;
        }
        append(slot, due);
        for (int i = 0; i < overtakenCount; i++) {
            placesLeft[i]--;
        }
        while (overtakenCount > 0 && placesLeft[0] == 0) {
            append(overtaken[0], due);
            dropFirstOvertaken();
            reordered++;
        }
    }

    /** Holds a packet back until so many have entered, or until its hold ends. */
    void holdBack(final int slot, final int places, final long endNs) {
        overtaken[overtakenCount] = slot;
        placesLeft[overtakenCount] = places;
        holdEndNs[overtakenCount] = endNs;
        overtakenCount++;
    }

    long nextReleaseNs() {
        if (lineCount > 0) {
            return dueNs[line[lineHead]];
        }
        return overtakenCount > 0 ? holdEndNs[0] : NEVER;
    }

    int poll(final long nowNs, final PacketSink sink) {
        while (overtakenCount > 0 && holdEndNs[0] - nowNs <= 0) {
            append(overtaken[0], holdEndNs[0]);
            dropFirstOvertaken();
            cutShort++;
        }
        int count = 0;
        while (lineCount > 0) {
            final int slot = line[lineHead];
            if (dueNs[slot] - nowNs > 0 || !sink.onPacket(slab, offset(slot), lengths[slot])) {
                return count;
            }
            count++;
            handedOut(slot, nowNs);
        }
        return count;
    }

    /** Packets of which nothing was handed out yet. */
    int held() {
        return lineCount + overtakenCount - (isFirstAgain ? 1 : 0);
    }

    private void append(final int slot, final long due) {
        dueNs[slot] = due;
        line[at(lineHead + lineCount)] = slot;
        lineCount++;
    }

    private void dropFirstOvertaken() {
        overtakenCount--;
        System.arraycopy(overtaken, 1, overtaken, 0, overtakenCount);
        System.arraycopy(placesLeft, 1, placesLeft, 0, overtakenCount);
        System.arraycopy(holdEndNs, 1, holdEndNs, 0, overtakenCount);
    }

    private void handedOut(final int slot, final long nowNs) {
        passed++;
        if (isFirstAgain) {
            duplicated++;
            isFirstAgain = false;
        } else {
            measure(slot, nowNs);
            isFirstAgain = isTwice[slot];
        }
        if (!isFirstAgain) {
            lineHead = at(lineHead + 1);
            lineCount--;
            free[freeCount++] = slot;
        }
    }

    private void measure(final int slot, final long nowNs) {
        final long intended = dueNs[slot] - offeredNs[slot];
        final long late = nowNs - dueNs[slot];
        delayed += intended > 0 ? 1 : 0;
        intendedDelayNs += intended;
        lateNs += late;
        maxLateNs = Math.max(maxLateNs, late);
    }

    private int at(final int position) {
        return position < line.length ? position : position - line.length;
    }

    /** The counts that this line knows; the others are those given. */
    PathCounts counts(final long seen, final LossCounts lost, final long corrupted) {
        return new PathCounts(
                seen,
                passed,
                lost.byLoss,
                lost.byList,
                lost.byBlackout,
                lost.byQueue,
                lost.byOverflow,
                duplicated,
                corrupted,
                reordered,
                cutShort,
                delayed,
                held(),
                intendedDelayNs,
                lateNs,
                maxLateNs);
    }
}
