package io.fizeau.bench.baseline;

import java.util.concurrent.atomic.AtomicLong;

/** What the serving thread and its starter tell each other. Thread-safe. */
final class ServingRun {
    private final AtomicLong messages = new AtomicLong();
    private volatile boolean isOn = true;

    boolean isOn() {
        return isOn;
    }

    void stop() {
        isOn = false;
    }

    /** How many messages have arrived, as the serving thread last said. */
    long messages() {
        return messages.get();
    }

    /** The serving thread; needs no fence, because nobody waits for it. */
    void arrived(final long count) {
        messages.lazySet(count);
    }
}
