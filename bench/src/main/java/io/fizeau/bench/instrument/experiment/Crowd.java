package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that spins on one processor, so that others there get half of it. Ends when it is closed, and by itself after a minute. */
final class Crowd implements AutoCloseable {
    private static final long MOST_NS = TimeUnit.MINUTES.toNanos(1);

    private final CountDownLatch pinned = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean isRunning = true; // by whoever closes
    private volatile String trouble = ""; // by the thread, before it counts down

    private Crowd(final int cpu) {
        this.thread = new Thread(() -> spin(cpu), "fizeau-crowd");
        thread.setDaemon(true);
        thread.start();
        try {
            pinned.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Crowd on(final int cpu) {
        return new Crowd(cpu);
    }

    /** Why it does not spin there, or empty. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        isRunning = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void spin(final int cpu) {
        trouble = CpuAffinity.set(CpuSet.of(cpu));
        pinned.countDown();
        final long startNs = System.nanoTime();
        while (isRunning && trouble.isEmpty() && System.nanoTime() - startNs < MOST_NS) {
            Thread.onSpinWait();
        }
    }
}
