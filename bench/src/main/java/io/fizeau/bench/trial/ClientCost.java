package io.fizeau.bench.trial;

import com.sun.management.ThreadMXBean;
import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.pin.PinnedThreads;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What messages cost at this end, in processor time and in bytes allocated, by the counters of the threads that send and deliver: the
 * calling one, which is the loop's, and those that the node and the loop have started. Used by the loop's thread.
 */
final class ClientCost {
    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PinnedThreads threads;
    private long cpuNs; // since begin once end was called, before that the reading at begin; and likewise
    private long allocatedBytes;

    ClientCost(final PinnedThreads threads) {
        this.threads = threads;
    }

    /** The last thing before the first message. */
    void begin() {
        cpuNs = cpuNs();
        allocatedBytes = allocatedBytes();
    }

    /** The first thing after the last message. */
    void end() {
        allocatedBytes = allocatedBytes() - allocatedBytes;
        cpuNs = cpuNs() - cpuNs;
    }

    List<Figure> rows(final long messages, final double usefulPollShare) {
        final boolean isCounting = bean.isThreadAllocatedMemorySupported() && bean.isThreadAllocatedMemoryEnabled();
        return List.of(
                Figure.mean(LatencyFigures.USEFUL_POLLS, usefulPollShare, "share"),
                Figure.mean(LatencyFigures.CLIENT_CPU, perMessage(cpuNs, messages), "ns/op"),
                Figure.mean(
                        LatencyFigures.CLIENT_ALLOCATION,
                        isCounting ? perMessage(allocatedBytes, messages) : Double.NaN,
                        "B/op"));
    }

    private static double perMessage(final long sum, final long messages) {
        return messages == 0 ? Double.NaN : (double) Math.max(0, sum) / messages;
    }

    private long cpuNs() {
        return bean.getCurrentThreadCpuTime() + threads.cpuNs();
    }

    private long allocatedBytes() {
        return bean.getThreadAllocatedBytes(Thread.currentThread().getId()) + threads.allocatedBytes();
    }
}
