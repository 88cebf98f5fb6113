package io.fizeau.core.layer;

import java.util.concurrent.atomic.AtomicLong;

/** What a listener's connections refused. Thread-safe. */
final class Tally {
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    void addRejected() {
        rejected.incrementAndGet();
    }

    void addDropped() {
        dropped.incrementAndGet();
    }

    long rejected() {
        return rejected.get();
    }

    long dropped() {
        return dropped.get();
    }
}
