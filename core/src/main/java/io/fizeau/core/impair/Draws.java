package io.fizeau.core.impair;

import io.fizeau.core.random.SplitMix64;

/** Random numbers of a direction: one stream a purpose, so that what a packet has in one respect says nothing about another. */
final class Draws {
    static final int LOSS = 1;
    static final int JITTER = 2;
    static final int REORDER = 3;
    static final int DUPLICATE = 4;
    static final int CORRUPT = 5;
    static final int BIT = 6;

    private Draws() {}

    /** The seed of a stream. */
    static long stream(final long seed, final int purpose) {
        return SplitMix64.mix(SplitMix64.mix(seed) ^ purpose);
    }

    /** A whole number from 0 to less than the bound; its bias is under {@code bound / 2^64}. */
    static long below(final long bound, final long stream, final long index) {
        return Long.remainderUnsigned(SplitMix64.mix(stream ^ index), bound);
    }

    /** Whether the packet is one of so many in a million. */
    static boolean isOneOf(final int ppm, final long stream, final long index) {
        return ppm > 0 && below(Loss.MILLION, stream, index) < ppm;
    }
}
