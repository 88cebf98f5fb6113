package io.fizeau.transports.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gathers messages with their lengths, and keeps what could not be written yet. Starts small and grows up to its limit, so that a
 * connection that sends short messages holds little memory. Not thread-safe: it belongs to whoever sends.
 */
public final class FrameWriter {
    private static final int FIRST_BYTES = 4 << 10;

    private final boolean isDirect;
    private final int gatherBytes;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int head;
    private int tail;
    private int capacity;

    private FrameWriter(final boolean isDirect, final int gatherBytes) {
        this.isDirect = isDirect;
        this.gatherBytes = gatherBytes;
    }

    /**
     * A writer that gathers outside the heap, for channels. It allocates nothing before the first message.
     *
     * @param gatherBytes how far its buffer grows before it asks to be written out; a single frame may be longer.
     * @return an empty writer.
     */
    public static FrameWriter direct(final int gatherBytes) {
        return new FrameWriter(true, gatherBytes);
    }

    /**
     * A writer that gathers in a byte array, for streams. It allocates nothing before the first message.
     *
     * @param gatherBytes how far its buffer grows before it asks to be written out; a single frame may be longer.
     * @return an empty writer.
     */
    public static FrameWriter onHeap(final int gatherBytes) {
        return new FrameWriter(false, gatherBytes);
    }

    /**
     * Puts a message behind those that wait, if there is room. The hot path of gathered sends.
     *
     * @param source holds the message.
     * @param offset where it starts.
     * @param length its length in bytes, which the caller has checked.
     * @return false if nothing was taken for want of room.
     */
    public boolean append(final DirectBuffer source, final int offset, final int length) {
        final int start = tail;
        final int body = start + Framing.HEADER_BYTES;
        if (capacity - body < length) {
            return false;
        }
        view.putInt(start, length, ByteOrder.LITTLE_ENDIAN);
        view.putBytes(body, source, offset, length);
        tail = body + length;
        return true;
    }

    /**
     * Puts plain bytes behind what waits: an introduction.
     *
     * @param source the bytes.
     */
    public void appendRaw(final byte[] source) {
        reserve(source.length);
        view.putBytes(tail, source);
        tail += source.length;
    }

    /**
     * Tries to make room for a message by growing.
     *
     * @param length the message's length in bytes.
     * @return true if {@link #append} will take it now; false if what waits has to be written out first.
     */
    public boolean grow(final int length) {
        final int frameBytes = Framing.HEADER_BYTES + length;
        if (capacity - tail < frameBytes && (isEmpty() || tail + frameBytes <= gatherBytes)) {
            reserve(frameBytes);
        }
        return capacity - tail >= frameBytes;
    }

    /**
     * Whether everything was written.
     *
     * @return true if nothing waits.
     */
    public boolean isEmpty() {
        return head == tail;
    }

    /**
     * What waits to be written, for a channel. Tell {@link #written(int)} how much of it was.
     *
     * @return the same buffer each time until it grows, its position and limit around what waits.
     */
    public ByteBuffer unwritten() {
        return bytes.limit(tail).position(head);
    }

    /**
     * Where what waits starts, in the array of {@link #unwritten()} on the heap.
     *
     * @return an index.
     */
    public int unwrittenOffset() {
        return head;
    }

    /**
     * How much waits.
     *
     * @return bytes.
     */
    public int unwrittenBytes() {
        return tail - head;
    }

    /**
     * Tells that bytes were written.
     *
     * @param count how many.
     * @return true if nothing waits any more.
     */
    public boolean written(final int count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
            return true;
        }
        return false;
    }

    /** Forgets what waits: it can never be written. */
    public void clear() {
        head = 0;
        tail = 0;
    }

    private void reserve(final int moreBytes) {
        if (capacity - tail >= moreBytes) {
            return;
        }
        final int needed = Math.max(FIRST_BYTES, Math.max(tail + moreBytes, 2 * capacity));
        final int wanted = tail + moreBytes <= gatherBytes ? Math.min(needed, gatherBytes) : needed;
        final int grownBytes = wanted == gatherBytes ? wanted : BitUtil.findNextPositivePowerOfTwo(wanted);
        final ByteBuffer grown = isDirect ? ByteBuffer.allocateDirect(grownBytes) : ByteBuffer.allocate(grownBytes);
        view.getBytes(0, grown, 0, tail);
        bytes = grown;
        capacity = grownBytes;
        view.wrap(grown);
    }
}
