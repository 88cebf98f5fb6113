package io.fizeau.core.schedule;

import io.fizeau.core.random.SplitMix64;

/** A Poisson process: intervals are exponentially distributed, drawn from a seed. */
final class PoissonSchedule implements Schedule {
    private static final double NS_PER_SECOND = 1e9;

    private final double meanIntervalNs;
    private final long seed;
    private long stream;
    private long count;
    private double offsetNs;

    PoissonSchedule(final double ratePerSecond, final long seed) {
        this.meanIntervalNs = NS_PER_SECOND / ratePerSecond;
        this.seed = seed;
        restart(0);
    }

    @Override
    public void restart(final int phase) {
        stream = SplitMix64.mix(SplitMix64.mix(seed) ^ phase);
        count = 0;
        offsetNs = 0;
    }

    @Override
    public long nextOffsetNs() {
        offsetNs += SplitMix64.exponential(SplitMix64.mix(stream ^ count++), meanIntervalNs);
        return (long) offsetNs;
    }
}
