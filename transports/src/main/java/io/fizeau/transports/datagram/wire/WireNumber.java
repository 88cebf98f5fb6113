package io.fizeau.transports.datagram.wire;

/**
 * Numbers of 64 bits of which a datagram carries the lower 32. The reader knows about where the number must be, and takes the nearest
 * one with these bits: right as long as it is off by less than 2^31 (RFC 9000 appendix A.3, with 32 bits). Pure functions.
 */
public final class WireNumber {
    private static final long SPAN = 1L << 32;
    private static final long MASK = SPAN - 1;

    private WireNumber() {}

    /**
     * The first number of a connection: random in its lower bits, so that a wrap is nothing rare, and far enough from zero for
     * nothing to fall below it.
     *
     * @param random any bits.
     * @return a number of at least 2^32.
     */
    public static long first(final long random) {
        return SPAN + (random & MASK);
    }

    /**
     * The whole number.
     *
     * @param wire its lower 32 bits.
     * @param expected a number near it.
     * @return the nearest number with these bits.
     */
    public static long expand(final int wire, final long expected) {
        return expected + (wire - (int) expected);
    }
}
