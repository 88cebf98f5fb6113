package io.fizeau.transports.datagram.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Some bytes, as those who read and write fields see them and as a socket does. The two always show the same bytes. Used by one
 * thread at a time.
 */
public final class Memory {
    private final ByteBuffer bytes;
    private final UnsafeBuffer view;

    private Memory(final ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.view = new UnsafeBuffer(bytes);
    }

    /**
     * Memory that a socket can send without a copy.
     *
     * @param capacityBytes its size.
     * @return zeroed memory.
     */
    public static Memory direct(final int capacityBytes) {
        return new Memory(ByteBuffer.allocateDirect(capacityBytes));
    }

    /**
     * Memory on the heap, which costs little to make and to forget.
     *
     * @param capacityBytes its size.
     * @return zeroed memory.
     */
    public static Memory onHeap(final int capacityBytes) {
        return new Memory(ByteBuffer.allocate(capacityBytes));
    }

    /**
     * For sockets and checksums; whoever uses it sets position and limit first.
     *
     * @return the bytes.
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * For fields.
     *
     * @return the same bytes.
     */
    public UnsafeBuffer view() {
        return view;
    }
}
