package io.fizeau.core.tck.rig;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Waiting with an end, without burning a core. */
public final class Wait {
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private Wait() {}

    /**
     * A way to idle that suits two ends on two cores.
     *
     * @return a new strategy, for one thread.
     */
    public static IdleStrategy newIdle() {
        return new BackoffIdleStrategy(20, 20, 1_000, MAX_PARK_NS);
    }

    /**
     * Waits, doing some work meanwhile.
     *
     * @param what what is waited for, for the message.
     * @param limitNs how long to wait.
     * @param condition true when it has come.
     * @param work done again and again; returns how much was done, 0 for nothing.
     * @param details more for the message, asked for only when the time is up.
     */
    public static void until(
            final String what,
            final long limitNs,
            final BooleanSupplier condition,
            final IntSupplier work,
            final Supplier<String> details) {
        until(what, limitNs, condition, work, () -> 0, details);
    }

    /**
     * Waits, doing some work meanwhile, as long as something gets on.
     *
     * @param what what is waited for, for the message.
     * @param limitNs how long to wait without progress.
     * @param condition true when it has come.
     * @param work done again and again; returns how much was done, 0 for nothing.
     * @param progress a figure that changes as long as something gets on, however slowly.
     * @param details more for the message, asked for only when the time is up.
     */
    public static void until(
            final String what,
            final long limitNs,
            final BooleanSupplier condition,
            final IntSupplier work,
            final LongSupplier progress,
            final Supplier<String> details) {
        long startNs = System.nanoTime();
        long seen = progress.getAsLong();
        final IdleStrategy idle = newIdle();
        while (!condition.getAsBoolean()) {
            final long now = progress.getAsLong();
            if (now != seen) {
                seen = now;
                startNs = System.nanoTime();
            }
            if (System.nanoTime() - startNs > limitNs) {
                throw new AssertionError(
                        "waited " + TimeUnit.NANOSECONDS.toMillis(limitNs) + " ms in vain for " + what + details.get());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting for " + what + details.get());
            }
            idle.idle(work.getAsInt());
        }
    }

    /**
     * Lets some time pass in which nothing is to happen, doing some work meanwhile, at least once.
     *
     * @param ns how long.
     * @param work done again and again.
     */
    public static void pass(final long ns, final IntSupplier work) {
        final long startNs = System.nanoTime();
        do {
            if (work.getAsInt() == 0) {
                LockSupport.parkNanos(MAX_PARK_NS);
            }
        } while (System.nanoTime() - startNs < ns);
    }
}
