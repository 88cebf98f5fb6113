package io.fizeau.bench.pin;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Makes daemon threads, each put on its processors as it starts, and sums up what they cost, those that have ended among them: where each
 * connection has a thread, it ends with it. Thread-safe.
 */
public final class PinnedThreads implements ThreadFactory {
    private final String name;
    private final CpuSet cpus;
    private final Set<Thread> living = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong endedCpuNs = new AtomicLong();
    private final AtomicLong endedAllocatedBytes = new AtomicLong();
    private volatile String pinTrouble = "";

    /**
     * A factory of threads.
     *
     * @param name a short name for them.
     * @param cpus where they run, unless told otherwise.
     */
    public PinnedThreads(final String name, final CpuSet cpus) {
        this.name = name;
        this.cpus = cpus;
    }

    @Override
    public Thread newThread(final Runnable task) {
        return newThread(task, cpus);
    }

    /**
     * A thread in a place of its own.
     *
     * @param task what it does.
     * @param own where it runs.
     * @return the thread, not started.
     */
    public Thread newThread(final Runnable task, final CpuSet own) {
        final Thread thread = new Thread(
                () -> {
                    final String trouble = CpuAffinity.set(own);
                    if (!trouble.isEmpty()) {
                        pinTrouble = trouble;
                    }
                    try {
                        task.run();
                    } finally {
                        onEnd();
                    }
                },
                "fizeau-" + name + '-' + made.getAndIncrement());
        thread.setDaemon(true);
        living.add(thread);
        return thread;
    }

    /**
     * Why a thread is not where it should be.
     *
     * @return the reason, or an empty string.
     */
    public String pinTrouble() {
        return pinTrouble;
    }

    private void onEnd() {
        final ThreadMXBean bean = bean();
        // A reading at the same moment may have the thread in neither sum or in both, for its last time.
        living.remove(Thread.currentThread());
        endedCpuNs.addAndGet(Math.max(0, bean.getCurrentThreadCpuTime()));
        endedAllocatedBytes.addAndGet(
                Math.max(0, bean.getThreadAllocatedBytes(Thread.currentThread().getId())));
    }

    /**
     * Processor time of all threads so far.
     *
     * @return nanoseconds.
     */
    public long cpuNs() {
        final ThreadMXBean bean = bean();
        long sum = endedCpuNs.get();
        for (final Thread thread : living) {
            sum += Math.max(0, bean.getThreadCpuTime(thread.getId()));
        }
        return sum;
    }

    /**
     * What all threads have allocated so far.
     *
     * @return bytes.
     */
    public long allocatedBytes() {
        final ThreadMXBean bean = bean();
        long sum = endedAllocatedBytes.get();
        for (final Thread thread : living) {
            sum += Math.max(0, bean.getThreadAllocatedBytes(thread.getId()));
        }
        return sum;
    }

    /**
     * How many of the threads that live have a name like this. Who was given a thread may have renamed it.
     *
     * @param namePattern what to look for in a name.
     * @return a count.
     */
    int alive(final Pattern namePattern) {
        return (int) living.stream()
                .filter(thread -> thread.isAlive()
                        && namePattern.matcher(thread.getName()).find())
                .count();
    }

    private static ThreadMXBean bean() {
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }
}
