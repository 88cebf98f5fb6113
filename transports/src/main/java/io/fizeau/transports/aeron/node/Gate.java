package io.fizeau.transports.aeron.node;

import io.fizeau.core.error.TransportException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whoever closes a node out until the thread that polls it has left: behind a poll lies mapped memory, and touching it
 * after it was unmapped ends the process.
 *
 * <p>One thread at a time enters and leaves; any thread closes.
 *
 * @implNote A poll in shared memory takes some nanoseconds, and a full fence in each would double that. So entering is a plain
 *     store followed by a load, which hardware may swap, and closing makes up for it: it waits {@link #GRACE_NS} between saying
 *     that the gate closes and looking whether somebody is inside. A store leaves a core's store buffer within microseconds, and
 *     at the latest when its thread is taken off the core, so by then the store is seen, or the other thread has seen the gate
 *     close.
 */
final class Gate {
    static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final VarHandle INSIDE;

    static {
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(Gate.class, "isInside", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private boolean isInside; // written through INSIDE, by the thread that enters
    private @Nullable Thread owner; // written by the thread that enters, read by others only to compare with themselves
    private volatile boolean isClosed; // written by whoever closes

    /** Enters. Returns false, and nothing is to be touched, if the gate is closed. */
    boolean enter() {
        INSIDE.setOpaque(this, true);
        if (isClosed) {
            INSIDE.setRelease(this, false);
            return false;
        }
        return true;
    }

    void leave() {
        INSIDE.setRelease(this, false);
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Notes that the calling thread is the one that polls. */
    void own() {
        owner = Thread.currentThread();
    }

    /** Closes the gate and waits until nobody is inside. */
    void close() {
        if (owner == Thread.currentThread() && isInside) {
            throw TransportException.badRequest(
                    "a node cannot be closed from its own callback: close it after the poll");
        }
        isClosed = true;
        awaitLeft(() -> !(boolean) INSIDE.getAcquire(this));
    }

    /**
     * Waits until a thread that does not fence has left something, after it was told not to enter any more.
     *
     * @return false if it has not within a time that no callback may take.
     */
    static boolean awaitLeft(final BooleanSupplier hasLeft) {
        final long startNs = System.nanoTime();
        boolean isInterrupted = false;
        long waitedNs = 0;
        while ((waitedNs < GRACE_NS || !hasLeft.getAsBoolean()) && waitedNs < PATIENCE_NS) {
            LockSupport.parkNanos(GRACE_NS);
            isInterrupted |= Thread.interrupted();
            waitedNs = System.nanoTime() - startNs;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return hasLeft.getAsBoolean();
    }
}
