package io.fizeau.core.layer;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.NodeContext;
import java.util.Collections;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Minds the connections of a node that are open below and not yet for their user: says again what may have been lost, and ends those
 * that take too long. What the caller drives is spoken on by the node's polls only, because a second thread may not send there. The
 * ends of what the transport drives, or whose polls wait, are minded by a thread of its own, which is started when it is first needed
 * and sleeps while nothing opens.
 */
final class OpeningWatch {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Queue<TransformConnection> opening = new ConcurrentLinkedQueue<>();
    private final NodeContext context;
    private final boolean isEachPolled;
    private final boolean isBlocking;
    private volatile boolean isClosed; // close
    private volatile @Nullable Thread thread; // under the lock
    private long lastNs; // the polling thread, as the next one
    private Iterator<TransformConnection> turn = Collections.emptyIterator();

    OpeningWatch(final NodeContext context, final boolean isEachPolled, final boolean isBlocking) {
        this.context = context;
        this.isEachPolled = isEachPolled;
        this.isBlocking = isBlocking;
    }

    /** Minds a connection until it is settled. By any thread. */
    void add(final TransformConnection connection) {
        opening.add(connection);
        if (isBlocking || connection.driving() == Driving.OWN) {
            LockSupport.unpark(startedThread());
        }
    }

    /**
     * What there is to do for them. By the thread that polls the node.
     *
     * @return how much was done.
     */
    int poll() {
        if (isClosed || opening.isEmpty()) {
            return 0;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lastNs >= INTERVAL_NS) {
            lastNs = nowNs;
            check(nowNs, true);
        }
        return isEachPolled ? pollToOpen() : 0;
    }

    /**
     * Reads what opens the connections from each, because their user does not do so before they are open. Where that waits for a
     * peer, one has its turn at each call, so that many silent peers hold up a call no longer than one.
     */
    private int pollToOpen() {
        int work = 0;
        if (!turn.hasNext()) {
            turn = opening.iterator();
        }
        boolean isLast = false;
        while (!isLast && turn.hasNext()) {
            final TransformConnection connection = turn.next();
            work += connection.pollToOpen();
            isLast = isBlocking && connection.driving() == Driving.CALLER;
        }
        return work;
    }

    /** Ends the thread, and returns when it is gone. Idempotent, and not to be called from a callback. */
    void close() {
        isClosed = true;
        final Thread started;
        synchronized (this) {
            started = thread;
        }
        if (started == null) {
            return;
        }
        LockSupport.unpark(started);
        boolean isInterrupted = false;
        while (started.isAlive()) {
            try {
                started.join();
            } catch (final InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(final long nowNs, final boolean isPolling) {
        opening.removeIf(connection -> isSettled(connection, nowNs, isPolling));
    }

    private boolean isSettled(final TransformConnection connection, final long nowNs, final boolean isPolling) {
        try {
            return connection.isSettled(nowNs, isPolling);
        } catch (final RuntimeException e) {
            context.errors().onError(e);
            return true; // the others are minded all the same
        }
    }

    private @Nullable Thread startedThread() {
        final Thread running = thread;
        return running != null ? running : start();
    }

    private synchronized @Nullable Thread start() {
        if (thread == null && !isClosed) {
            final Thread made = context.threads().newThread(this::run);
            made.start();
            thread = made;
        }
        return thread;
    }

    private void run() {
        while (!isClosed) {
            if (opening.isEmpty()) {
                LockSupport.park(this);
            } else {
                check(System.nanoTime(), false);
                LockSupport.parkNanos(this, INTERVAL_NS);
            }
        }
    }
}
