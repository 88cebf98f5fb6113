package io.fizeau.transports.shm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What the files look like, both kinds: a header in the host's byte order (nobody else's can map them), and in a connection's two
 * rings as Agrona lays them out. What one end writes is in a line of its own.
 *
 * <pre>
 *      0  magic, then the version: 2 longs
 *     16  the longest message and a ring's capacity, in bytes: 2 ints
 *     24  who made the file: process, its start, its namespace: 3 longs
 *    128  listener's file: the bell. Connection's file: the connecting end's word
 *    256  connection's file: the listening end's word
 *   4096  connection's file: the ring to the listening end, then the ring to the connecting end
 * </pre>
 *
 * Stateless.
 */
final class Layout {
    /** First long of a listener's file. */
    static final long LISTENER_MAGIC = 0x4c5f4d48_535f5a46L;

    /** First long of a connection's file. */
    static final long CONNECTION_MAGIC = 0x435f4d48_535f5a46L;

    /** Changes with anything that both ends must agree on. */
    static final long VERSION = 1;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 8;
    static final int MAX_MESSAGE_AT = 16;
    static final int CAPACITY_AT = 20;
    static final int PROCESS_AT = 24;

    /** As much as is read before a file is mapped. */
    static final int CHECKED_BYTES = PROCESS_AT + ProcessIdentity.BYTES;

    static final int BELL_AT = 2 * BitUtil.CACHE_LINE_LENGTH;
    static final int CONNECTOR_AT = 2 * BitUtil.CACHE_LINE_LENGTH;
    static final int LISTENER_AT = 4 * BitUtil.CACHE_LINE_LENGTH;

    /** A page: where rings start, and all of a listener's file. */
    static final int HEADER_BYTES = 4096;

    /** Agrona lets a message take an eighth of a ring. */
    static final int MESSAGES_A_RING = 8;

    private Layout() {}

    /** A ring's capacity for messages of a length. */
    static int capacity(final int maxMessageBytes) {
        return BitUtil.findNextPositivePowerOfTwo(MESSAGES_A_RING * maxMessageBytes);
    }

    /** A ring with what Agrona puts behind it. */
    static int ringBytes(final int capacity) {
        return capacity + RingBufferDescriptor.TRAILER_LENGTH;
    }

    /** A connection's file. */
    static long connectionBytes(final int capacity) {
        return HEADER_BYTES + 2L * ringBytes(capacity);
    }

    /** The part of a header that is checked, without the magic that makes it valid: that one is for whoever writes it last. */
    static ByteBuffer header(final long magic, final int maxMessageBytes, final ProcessIdentity maker) {
        final ByteBuffer header = ByteBuffer.allocateDirect(CHECKED_BYTES).order(ByteOrder.nativeOrder());
        header.putLong(MAGIC_AT, magic)
                .putLong(VERSION_AT, VERSION)
                .putInt(MAX_MESSAGE_AT, maxMessageBytes)
                .putInt(CAPACITY_AT, capacity(maxMessageBytes));
        maker.write(header, PROCESS_AT);
        return header;
    }
}
