package io.fizeau.core.tck;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class ManualClock implements NanoClock, EpochClock {
    private final long startEpochMs;
    private final AtomicLong elapsedNs = new AtomicLong();

    /** Creates a clock that starts at 0 on both scales. */
    public ManualClock() {
        this(0);
    }

    /**
     * Creates a clock.
     *
     * @param startEpochMs the wall-clock time at the start, in milliseconds since 1970; {@link #nanoTime()} starts at 0.
     */
    public ManualClock(final long startEpochMs) {
        this.startEpochMs = startEpochMs;
    }

    @Override
    public long nanoTime() {
        return elapsedNs.get();
    }

    @Override
    public long time() {
        return startEpochMs + TimeUnit.NANOSECONDS.toMillis(elapsedNs.get());
    }

    /**
     * Lets time pass.
     *
     * @param ns how much, in nanoseconds, 0 or more.
     * @return the new time in nanoseconds.
     */
    public long advance(final long ns) {
        if (ns < 0) {
            throw new IllegalArgumentException("ns=" + ns + " must be at least 0: time does not run backwards");
        }
        return elapsedNs.addAndGet(ns);
    }
}
