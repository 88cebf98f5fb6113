package io.fizeau.transports.shm;

import org.agrona.BitUtil;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What shared memory looks like. A listener's is a page with a bell. A connection's is a page with a word of each end, in a line of its
 * own, and two rings as Agrona lays them out: first the one to the listening end, then the one to the connecting end. Stateless.
 */
final class Layout {
    /** A page: all of a listener's memory, and what comes before the rings. */
    static final int PAGE_BYTES = 4096;

    /** The bell: a long that changes. */
    static final int BELL_AT = 0;

    /** The connecting end's word. */
    static final int CONNECTOR_AT = 2 * BitUtil.CACHE_LINE_LENGTH;

    /** The listening end's word. */
    static final int LISTENER_AT = 4 * BitUtil.CACHE_LINE_LENGTH;

    /** Agrona lets a message take an eighth of a ring. */
    static final int MESSAGES_A_RING = 8;

    private Layout() {}

    /** A ring's capacity for messages of a length. */
    static int capacity(final int maxMessageBytes) {
        return BitUtil.findNextPositivePowerOfTwo(MESSAGES_A_RING * maxMessageBytes);
    }

    /** A ring with what Agrona puts behind it. */
    static int ringBytes(final int maxMessageBytes) {
        return capacity(maxMessageBytes) + RingBufferDescriptor.TRAILER_LENGTH;
    }

    /** A connection's memory. */
    static long connectionBytes(final int maxMessageBytes) {
        return PAGE_BYTES + 2L * ringBytes(maxMessageBytes);
    }
}
