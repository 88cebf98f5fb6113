package io.fizeau.transports.arq.virtual;

import io.fizeau.core.random.SplitMix64;

/** Numbers that follow from a seed, one after the other. */
final class Dice {
    private static final int MILLION = 1_000_000;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    Dice(final long seed) {
        state = SplitMix64.mix(seed);
    }

    long next() {
        state += STEP;
        return SplitMix64.mix(state);
    }

    /** From 0 to less than the bound. */
    int below(final int bound) {
        return (int) Math.floorMod(next(), (long) bound);
    }

    /** Both bounds may come. */
    int between(final int least, final int most) {
        return least + below(most - least + 1);
    }

    /** A time between the bounds, as likely in each decade. */
    long time(final long leastNs, final long mostNs) {
        return (long) (leastNs * StrictMath.exp(SplitMix64.unit(next()) * StrictMath.log(mostNs / (double) leastNs)));
    }

    boolean isOneIn(final int count) {
        return below(count) == 0;
    }

    boolean hits(final int ppm) {
        return ppm > 0 && below(MILLION) < ppm;
    }

    /** The word that {@link SplitMix64#mix} makes this one of. */
    static long unmix(final long mixed) {
        long z = unshift(mixed, 31) * inverse(0x94d049bb133111ebL);
        z = unshift(z, 27) * inverse(0xbf58476d1ce4e5b9L);
        return unshift(z, 30) - STEP;
    }

    private static long unshift(final long word, final int bits) {
        long z = word;
        for (int shift = bits; shift < Long.SIZE; shift += bits) {
            z = word ^ (z >>> bits);
        }
        return z;
    }

    /** The inverse of an odd number modulo 2^64, by Newton's iteration: each step doubles the bits that are right. */
    private static long inverse(final long odd) {
        long inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
