package io.fizeau.core.load;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * When each delivery came, in the order in which they came, in room that was made before. What comes when it is full is counted
 * and not kept. One thread records, any thread reads; a reader sees what was recorded before it looked.
 */
public final class DeliveryTrace {
    private final long[] timesNs;
    private final AtomicInteger size = new AtomicInteger();
    private long beyond; // by the recording thread

    /**
     * Makes room.
     *
     * @param capacity for how many deliveries.
     */
    public DeliveryTrace(final int capacity) {
        this.timesNs = new long[capacity];
    }

    /** Forgets all; while nobody records. */
    public void clear() {
        size.set(0);
        beyond = 0;
    }

    /**
     * How many were kept.
     *
     * @return a count.
     */
    public int size() {
        return size.get();
    }

    /**
     * How many found no room.
     *
     * @return a count.
     */
    public long beyond() {
        return beyond;
    }

    /**
     * The times that were kept.
     *
     * @return a copy, in nanoseconds of the recording clock, rising.
     */
    public long[] timesNs() {
        return Arrays.copyOf(timesNs, size.get());
    }

    /**
     * Keeps a time. The hot path: allocates nothing.
     *
     * @param nowNs when the delivery came.
     */
    public void record(final long nowNs) {
        final int at = size.getPlain();
        if (at == timesNs.length) {
            beyond++;
        } else {
            timesNs[at] = nowNs;
            size.setRelease(at + 1);
        }
    }
}
