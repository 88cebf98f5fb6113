package io.fizeau.transports.arq.selective;

/**
 * Which packet numbers have come, as ranges: the latest {@link SelectiveWire#MAX_RANGES} of them. What lies below the oldest range that
 * is kept counts as having come. Used by one thread; allocates nothing.
 */
final class ReceivedPackets {
    private final long[] low = new long[SelectiveWire.MAX_RANGES]; // rising
    private final long[] high = new long[SelectiveWire.MAX_RANGES]; // inclusive
    private int count;
    private long floor; // below it everything counts as having come

    ReceivedPackets(final long first) {
        floor = first;
    }

    /** Adds a number; false if it has come before, or counts as such. */
    boolean add(final long number) {
        if (number < floor) {
            return false;
        }
        int at = count;
        while (at > 0 && low[at - 1] > number) {
            at--;
        }
        // Range at - 1 is the last that begins at or below the number.
        if (at > 0 && number <= high[at - 1]) {
            return false;
        }
        final boolean joinsLower = at > 0 && high[at - 1] + 1 == number;
        final boolean joinsUpper = at < count && low[at] == number + 1;
        if (joinsLower && joinsUpper) {
            high[at - 1] = high[at];
            remove(at);
        } else if (joinsLower) {
            high[at - 1] = number;
        } else if (joinsUpper) {
            low[at] = number;
        } else {
            insert(at, number);
        }
        return true;
    }

    private void insert(final int wanted, final long number) {
        int at = wanted;
        if (count == low.length) {
            floor = at == 0 ? number + 1 : high[0] + 1;
            if (at == 0) {
                return; // older than all that is kept: forgotten at once
            }
            remove(0);
            at--;
        }
        System.arraycopy(low, at, low, at + 1, count - at);
        System.arraycopy(high, at, high, at + 1, count - at);
        low[at] = number;
        high[at] = number;
        count++;
    }

    private void remove(final int at) {
        count--;
        System.arraycopy(low, at + 1, low, at, count - at);
        System.arraycopy(high, at + 1, high, at, count - at);
    }

    int ranges() {
        return count;
    }

    /** The lowest number of a range; range 0 is the oldest. */
    long low(final int range) {
        return low[range];
    }

    /** The highest number of a range. */
    long high(final int range) {
        return high[range];
    }

    /** The greatest number that has come; the one before the first if none has. */
    long greatest() {
        return count == 0 ? floor - 1 : high[count - 1];
    }
}
