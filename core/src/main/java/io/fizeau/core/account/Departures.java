package io.fizeau.core.account;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * When the last messages fell due, when their send began, and when it returned: a ring that the sending thread writes and the
 * delivering threads read, without waiting for each other. A message that has fallen out of the ring is no longer known, and a
 * reader finds that out afterwards.
 */
final class Departures {
    /** In place of a time: the send has not returned yet. */
    static final long NOT_YET = Long.MIN_VALUE;

    private static final VarHandle TIMES = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle NEXT;
    private static final int FIELDS = 4;
    private static final int DUE = 0;
    private static final int STARTED = 1;
    private static final int HANDED_OVER = 2;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Departures.class, "next", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] times;
    private final int capacity;
    private final int mask;

    @SuppressWarnings(
            "unused") // written through NEXT by the sending thread: the sequence after the last one that has started
    private long next;

    /** A ring of so many messages, a power of two. */
    Departures(final int capacity) {
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.times = new long[FIELDS * capacity];
    }

    /** Between phases, while no message is under way that anybody would ask for. */
    void clear() {
        NEXT.setRelease(this, 0L);
    }

    /** By the sending thread, before the message is offered. */
    void onStart(final long sequence, final long dueNs, final long startedNs) {
        final int slot = FIELDS * ((int) sequence & mask);
        // First of all the ring moves on, so that a reader of the message that was here finds it gone.
        NEXT.setRelease(this, sequence + 1);
        VarHandle.storeStoreFence();
        TIMES.setRelease(times, slot + DUE, dueNs);
        TIMES.setRelease(times, slot + STARTED, startedNs);
        TIMES.setRelease(times, slot + HANDED_OVER, NOT_YET);
    }

    /** By the sending thread, when the message was accepted. */
    void onHandedOver(final long sequence, final long handedOverNs) {
        TIMES.setRelease(times, FIELDS * ((int) sequence & mask) + HANDED_OVER, handedOverNs);
    }

    /** The sequence after the last one that has started. By any thread. */
    long next() {
        return (long) NEXT.getAcquire(this);
    }

    /** When it fell due. Worth nothing unless {@link #isKnown} says so afterwards. */
    long dueNs(final long sequence) {
        return read(sequence, DUE);
    }

    /** When its send began; likewise. */
    long startedNs(final long sequence) {
        return read(sequence, STARTED);
    }

    /** When its send returned, or {@link #NOT_YET}; likewise. */
    long handedOverNs(final long sequence) {
        return read(sequence, HANDED_OVER);
    }

    /**
     * Whether what was read of a message before this call was the message's own: its slot is reused only after {@link #next()} has
     * moved.
     */
    boolean isKnown(final long sequence) {
        VarHandle.loadLoadFence();
        return next() - sequence <= capacity;
    }

    private long read(final long sequence, final int field) {
        return times[FIELDS * ((int) sequence & mask) + field];
    }
}
