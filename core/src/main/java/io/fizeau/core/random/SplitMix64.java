package io.fizeau.core.random;

/**
 * The mixing step of SplitMix64 (Steele, Lea and Flood, <em>Fast splittable pseudorandom number generators</em>, OOPSLA 2014): a
 * word in, a word out that looks random. Stateless: counting up the input gives a sequence, any word of which can be had by itself.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int DISCARDED_BITS = 11;
    /** Turns the upper 53 bits of a word into a number in (0, 1]. */
    private static final double UNIT = 0x1.0p-53;

    private SplitMix64() {}

    /**
     * One step: adds the constant and mixes.
     *
     * @param word any.
     * @return 64 bits that follow from it.
     */
    public static long mix(final long word) {
        long z = word + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * A number between 0 and 1 from a mixed word.
     *
     * @param mixed what {@link #mix} gave.
     * @return more than 0 and at most 1, so that it has a logarithm.
     */
    public static double unit(final long mixed) {
        return ((mixed >>> DISCARDED_BITS) + 1) * UNIT;
    }

    /**
     * An exponentially distributed number, by inversion; to the bit the same everywhere.
     *
     * @param mixed what {@link #mix} gave.
     * @param mean its mean.
     * @return 0 or more.
     */
    public static double exponential(final long mixed, final double mean) {
        return -StrictMath.log(unit(mixed)) * mean;
    }
}
