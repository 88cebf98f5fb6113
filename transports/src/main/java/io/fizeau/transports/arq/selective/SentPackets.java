package io.fizeau.transports.arq.selective;

import org.agrona.BitUtil;

/**
 * What is known of each packet number sent of late: when, how long, which piece, and what became of it. Bounded: a number that is so old
 * that its place is needed is forgotten. Used by one thread; allocates nothing.
 */
final class SentPackets {
    static final long NO_PIECE = -1;
    static final byte FORGOTTEN = 0;
    static final byte IN_FLIGHT = 1;
    static final byte LOST = 2;
    static final byte ACKNOWLEDGED = 3;

    private final int mask;
    private final long[] sentNs;
    private final long[] piece;
    private final int[] bytes;
    private final byte[] state;
    private long next;
    private long oldestInFlight; // no number below is in flight
    private long oldestOpen;

    SentPackets(final int capacity, final long first) {
        final int size = BitUtil.findNextPositivePowerOfTwo(capacity);
        mask = size - 1;
        sentNs = new long[size];
        piece = new long[size];
        bytes = new int[size];
        state = new byte[size];
        next = first;
        oldestInFlight = first;
        oldestOpen = first;
    }

    long next() {
        return next;
    }

    /** Whether the next number's place is free of one that is still in flight. */
    boolean hasRoom() {
        return state[index(next)] != IN_FLIGHT;
    }

    /** Takes the next number. */
    void add(final long nowNs, final long pieceNumber, final int datagramBytes) {
        final int at = index(next);
        sentNs[at] = nowNs;
        piece[at] = pieceNumber;
        bytes[at] = datagramBytes;
        state[at] = IN_FLIGHT;
        next++;
    }

    /** What became of a number. */
    byte state(final long number) {
        return number >= next || number < next - state.length ? FORGOTTEN : state[index(number)];
    }

    void state(final long number, final byte newState) {
        state[index(number)] = newState;
    }

    long sentNs(final long number) {
        return sentNs[index(number)];
    }

    long piece(final long number) {
        return piece[index(number)];
    }

    int bytes(final long number) {
        return bytes[index(number)];
    }

    /** The lowest number that is known. */
    long lowest() {
        return next - state.length;
    }

    /** The lowest number in flight; {@link #next()} if none is. */
    long oldestInFlight() {
        while (oldestInFlight < next && state[index(oldestInFlight)] != IN_FLIGHT) {
            oldestInFlight++;
        }
        return oldestInFlight;
    }

    /** The lowest number of which an acknowledgement would tell something: in flight, or lost not long ago. */
    long oldestOpen() {
        oldestOpen = Math.max(oldestOpen, next - state.length / 2);
        while (oldestOpen < next && state[index(oldestOpen)] != IN_FLIGHT && state[index(oldestOpen)] != LOST) {
            oldestOpen++;
        }
        return Math.min(oldestOpen, oldestInFlight());
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
