package io.fizeau.transports.seal;

/**
 * Which numbers were seen, among the last {@value #SIZE} below the highest: the sliding window of RFC 6479, whose blocks of bits are
 * reused in turn. What is older counts as seen. Not thread-safe.
 */
final class ReplayWindow {
    /** How far behind the highest a number may come. */
    static final int SIZE = 1024;

    private static final int BLOCKS =
            2 * SIZE / Long.SIZE; // more than the window, so that a block is empty when it begins
    private static final long NONE = -1;

    private final long[] seen = new long[BLOCKS];
    private long highest = NONE;

    /** Whether a number was seen, or is too old to tell. */
    boolean isSeen(final long number) {
        if (number > highest) {
            return false;
        }
        return highest - number >= SIZE || (seen[blockOf(number)] & bitOf(number)) != 0;
    }

    /** Notes a number that was not seen. */
    void see(final long number) {
        if (number > highest) {
            final long from = highest >> 6;
            final long to = number >> 6;
            final long blocks = Math.min(to - from, BLOCKS);
            for (long i = 1; i <= blocks; i++) {
                seen[(int) ((from + i) & (BLOCKS - 1))] = 0;
            }
            highest = number;
        }
        seen[blockOf(number)] |= bitOf(number);
    }

    private static int blockOf(final long number) {
        return (int) (number >> 6) & (BLOCKS - 1);
    }

    private static long bitOf(final long number) {
        return 1L << (number & (Long.SIZE - 1));
    }
}
