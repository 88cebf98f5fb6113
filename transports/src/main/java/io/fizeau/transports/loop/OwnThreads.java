package io.fizeau.transports.loop;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.NodeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that a library runs for a node: made by the node's context, and waited for at the end. Thread-safe. */
public final class OwnThreads implements ThreadFactory {
    private static final long REPORT_MS = TimeUnit.SECONDS.toMillis(5);

    private final NodeContext context;
    private final List<Thread> threads = new ArrayList<>(); // under its lock

    /**
     * Starts without any.
     *
     * @param context makes the threads, and hears of one that does not end.
     */
    public OwnThreads(final NodeContext context) {
        this.context = context;
    }

    @Override
    public Thread newThread(final Runnable task) {
        final Thread thread = context.threads().newThread(task);
        synchronized (threads) {
            threads.removeIf(each -> each.getState() == Thread.State.TERMINATED);
            threads.add(thread);
        }
        return thread;
    }

    /** Waits until they have ended, whatever it takes: they were told to. Not for the calling thread, if it is one of them. */
    public void join() {
        final List<Thread> all;
        synchronized (threads) {
            all = List.copyOf(threads);
        }
        boolean isInterrupted = false;
        for (final Thread thread : all) {
            while (thread.isAlive() && thread != Thread.currentThread()) {
                try {
                    thread.join(REPORT_MS);
                    if (thread.isAlive()) {
                        context.errors().onError(stillBusy(thread));
                    }
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private TransportException stillBusy(final Thread thread) {
        return new TransportException(
                TransportException.NextStep.FAIL_RUN,
                "node " + context.name() + ": a callback has kept thread " + thread.getName() + " busy for " + REPORT_MS
                        + " ms; close waits for it");
    }
}
