package io.fizeau.core.load.many;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What comes back on the connections of one client thread. Where a transport's threads deliver there are several for one client thread,
 * each of some of its connections, so that these threads rarely wait for each other.
 */
final class EchoRecord {
    private final LatencyRecorder service = LatencyRecorder.withEpisodes();
    private final AtomicLong answered = new AtomicLong(); // written by one thread at a time
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final boolean isShared;
    private volatile boolean hasClosed; // by whichever thread a connection closes on

    /**
     * An empty record.
     *
     * @param isShared whether several threads deliver.
     */
    EchoRecord(final boolean isShared) {
        this.isShared = isShared;
    }

    void onAnswer(final long sentNs, final long nowNs) {
        if (isShared) {
            lock.lock();
            try {
                add(sentNs, nowNs);
            } finally {
                lock.unlock();
            }
        } else {
            add(sentNs, nowNs);
        }
    }

    private void add(final long sentNs, final long nowNs) {
        service.recordAmong(sentNs, nowNs);
        answered.lazySet(answered.getPlain() + 1);
    }

    void onStale() {
        stale.incrementAndGet();
    }

    void onWrong() {
        wrong.incrementAndGet();
    }

    void onClosed() {
        hasClosed = true;
    }

    boolean hasClosed() {
        return hasClosed;
    }

    long answered() {
        return answered.get();
    }

    long stale() {
        return stale.get();
    }

    long wrong() {
        return wrong.get();
    }

    /** Between two phases. */
    void reset() {
        lock.lock();
        try {
            service.reset();
            answered.set(0);
            stale.set(0);
        } finally {
            lock.unlock();
        }
    }

    private LatencyDistribution take() {
        lock.lock();
        try {
            return service.take();
        } finally {
            lock.unlock();
        }
    }

    /** What was recorded by all since the last time, over the same time. */
    static LatencyDistribution take(final List<EchoRecord> records) {
        return LatencyDistribution.sideBySide(
                records.stream().map(EchoRecord::take).toList());
    }
}
