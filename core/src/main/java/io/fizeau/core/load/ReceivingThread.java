package io.fizeau.core.load;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Guarantee;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.jspecify.annotations.Nullable;

/** A thread of an open loop that does nothing but poll, so that what comes is delivered while another one sends. */
final class ReceivingThread {
    private static final int POLL_LIMIT = 64;

    /** What is polled: a connection, or a node. */
    interface Polled {
        int poll(int limit);
    }

    private final Polled polled;
    private final IdleStrategy idle;
    private final Thread thread;
    private final AtomicLong polls = new AtomicLong(); // by its own thread, and the next one
    private final AtomicLong usefulPolls = new AtomicLong();
    private volatile boolean isRunning = true;
    private volatile @Nullable Throwable failure;

    private ReceivingThread(final ThreadFactory threads, final Polled polled, final IdleStrategy idle) {
        this.polled = polled;
        this.idle = idle;
        this.thread = threads.newThread(this::run);
    }

    static ReceivingThread start(final ThreadFactory threads, final Polled polled, final LoadSettings settings) {
        final IdleStrategy idle = settings.guarantees().has(Guarantee.BLOCKING_DELIVERY)
                ? NoOpIdleStrategy.INSTANCE
                : settings.idle().newStrategy();
        final ReceivingThread receiving = new ReceivingThread(threads, polled, idle);
        receiving.thread.start();
        return receiving;
    }

    /** How often it has polled, ever. */
    long polls() {
        return polls.get();
    }

    /** How many of the polls found something. */
    long usefulPolls() {
        return usefulPolls.get();
    }

    void requireAlive() {
        final Throwable failed = failure;
        if (failed != null) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the receiving thread failed: " + failed, failed);
        }
    }

    void stop() {
        isRunning = false;
    }

    void join(final long millis) {
        try {
            thread.join(millis);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (isRunning) {
                polls.lazySet(polls.getPlain() + 1);
                if (polled.poll(POLL_LIMIT) == 0) {
                    idle.idle();
                } else {
                    usefulPolls.lazySet(usefulPolls.getPlain() + 1);
                }
            }
        } catch (final RuntimeException | Error e) {
            failure = e;
        }
    }
}
