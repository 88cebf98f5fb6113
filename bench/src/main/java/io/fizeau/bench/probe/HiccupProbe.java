package io.fizeau.bench.probe;

import java.time.Duration;

/**
 * A thread that does nothing but read the clock: the longest time for which this machine takes a processor away.
 *
 * @param longestNs the longest gap between two readings, in nanoseconds.
 * @param lostShare the share of the time that went into gaps of more than {@link #GAP_NS}.
 */
public record HiccupProbe(long longestNs, double lostShare) {
    /** A gap counts from here on. */
    public static final long GAP_NS = 50_000;

    /**
     * Runs it. The calling thread spins for the whole time.
     *
     * @param duration how long.
     * @return what was found.
     */
    public static HiccupProbe run(final Duration duration) {
        final long startNs = System.nanoTime();
        final long endNs = startNs + duration.toNanos();
        long longestNs = 0;
        long lostNs = 0;
        long last = startNs;
        while (last - endNs < 0) {
            final long now = System.nanoTime();
            final long gapNs = now - last;
            if (gapNs > GAP_NS) {
                lostNs += gapNs;
                longestNs = Math.max(longestNs, gapNs);
            }
            last = now;
        }
        return new HiccupProbe(longestNs, (double) lostNs / duration.toNanos());
    }
}
