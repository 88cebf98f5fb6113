package io.fizeau.transports.arq.curve;

import io.fizeau.core.random.SplitMix64;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * The textbook's selective repeat, slot by slot: a frame leaves in each slot, what became of it is known a round trip later, a lost one goes
 * first, and no frame leaves that is a window or more after the oldest missing one.
 */
final class IdealSelectiveRepeat {
    /** A frame on the way. */
    private record Frame(int number, long knownAt, boolean isLost) {}

    private IdealSelectiveRepeat() {}

    /** Frames delivered a slot. */
    static double efficiency(final int window, final int roundTrip, final double p, final int frames) {
        final long seed = SplitMix64.mix(window);
        final BitSet done = new BitSet();
        final ArrayDeque<Frame> onTheWay = new ArrayDeque<>();
        final PriorityQueue<Integer> lost = new PriorityQueue<>();
        int oldest = 0;
        int next = 0;
        long slot = 0;
        while (oldest < frames) {
            while (!onTheWay.isEmpty() && onTheWay.element().knownAt() <= slot) {
                final Frame frame = onTheWay.remove();
                if (frame.isLost()) {
                    lost.add(frame.number());
                } else {
                    done.set(frame.number());
                }
            }
            oldest = done.nextClearBit(oldest);
            final boolean isRepair = !lost.isEmpty();
            if (isRepair || next < oldest + window) {
                final int number = isRepair ? lost.remove() : next++;
                final boolean isLost = Long.remainderUnsigned(SplitMix64.mix(seed ^ slot), 1_000_000) < p * 1e6;
                onTheWay.add(new Frame(number, slot + roundTrip, isLost));
            }
            slot++;
        }
        return (double) frames / slot;
    }
}
