package io.fizeau.core.schedule;

/**
 * A Poisson process: intervals are exponentially distributed, drawn by inversion from the numbers of SplitMix64 (Steele, Lea and
 * Flood, <em>Fast splittable pseudorandom number generators</em>, OOPSLA 2014).
 */
final class PoissonSchedule implements Schedule {
    private static final double NS_PER_SECOND = 1e9;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    /** Turns the upper 53 bits of a random word into a number in (0, 1]. */
    private static final double UNIT = 0x1.0p-53;

    private static final int DISCARDED_BITS = 11;

    private final double meanIntervalNs;
    private final long seed;
    private long state;
    private double offsetNs;

    PoissonSchedule(final double ratePerSecond, final long seed) {
        this.meanIntervalNs = NS_PER_SECOND / ratePerSecond;
        this.seed = seed;
        restart(0);
    }

    @Override
    public void restart(final int phase) {
        state = mix(seed) ^ mix(phase);
        offsetNs = 0;
    }

    @Override
    public long nextOffsetNs() {
        state += GOLDEN_GAMMA;
        final double unit = ((mix(state) >>> DISCARDED_BITS) + 1) * UNIT;
        offsetNs -= StrictMath.log(unit) * meanIntervalNs;
        return (long) offsetNs;
    }

    private static long mix(final long word) {
        long z = word;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
