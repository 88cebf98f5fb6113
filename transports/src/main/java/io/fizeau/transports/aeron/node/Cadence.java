package io.fizeau.transports.aeron.node;

import java.util.concurrent.TimeUnit;

/**
 * When housekeeping is due: about every millisecond, found out without reading the clock in each poll. Reading it costs as much
 * as some polls of shared memory do.
 *
 * <p>Used by one thread at a time.
 */
final class Cadence {
    private static final int POLLS_PER_LOOK = 16;
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private int polls;
    private long lastNs = System.nanoTime() - INTERVAL_NS;

    boolean isDue() {
        return ++polls >= POLLS_PER_LOOK && look();
    }

    private boolean look() {
        polls = 0;
        final long nowNs = System.nanoTime();
        if (nowNs - lastNs < INTERVAL_NS) {
            return false;
        }
        lastNs = nowNs;
        return true;
    }
}
