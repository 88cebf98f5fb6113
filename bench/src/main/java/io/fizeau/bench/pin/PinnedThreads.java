package io.fizeau.bench.pin;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;

/** Makes daemon threads, each put on its processors as it starts, and sums up what they cost. Thread-safe. */
public final class PinnedThreads implements ThreadFactory {
    private final String name;
    private final CpuSet cpus;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
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
                    task.run();
                },
                "fizeau-" + name + '-' + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
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

    /**
     * Processor time of the threads that live.
     *
     * @return nanoseconds.
     */
    public long cpuNs() {
        final ThreadMXBean bean = bean();
        long sum = 0;
        for (final Thread thread : threads) {
            sum += Math.max(0, bean.getThreadCpuTime(thread.getId()));
        }
        return sum;
    }

    /**
     * What the threads that live have allocated.
     *
     * @return bytes.
     */
    public long allocatedBytes() {
        final ThreadMXBean bean = bean();
        long sum = 0;
        for (final Thread thread : threads) {
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
        return (int) threads.stream()
                .filter(thread -> thread.isAlive()
                        && namePattern.matcher(thread.getName()).find())
                .count();
    }

    private static ThreadMXBean bean() {
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }
}
