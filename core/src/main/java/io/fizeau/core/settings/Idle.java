package io.fizeau.core.settings;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How a thread waits when there was nothing to do. */
public enum Idle {
    /** Burns a core: the lowest latency, and the wrong choice once spinning threads outnumber cores. */
    SPIN,
    /** Gives the core away when another thread wants it, else goes on. */
    YIELD,
    /** Spins, then yields, then parks for up to a millisecond. */
    BACKOFF,
    /** Parks for a tenth of a millisecond each time. */
    SLEEP;

    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /**
     * Makes a strategy for one thread; strategies hold state and are not shared.
     *
     * @return a new strategy.
     */
    public IdleStrategy newStrategy() {
        return switch (this) {
            case SPIN -> new BusySpinIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case BACKOFF -> new BackoffIdleStrategy(100, 10, 1_000, MAX_PARK_NS);
            case SLEEP -> new SleepingIdleStrategy(SLEEP_NS);
        };
    }
}
