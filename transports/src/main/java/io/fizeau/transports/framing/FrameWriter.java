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
public final class FrameWriter implements MessageWriter {
    private static final int FIRST_BYTES = 4 << 10;

    private final boolean isDirect;
    private final int gatherBytes;
    private final int headerBytes;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int head;
    private int tail;
    private int capacity;

    private FrameWriter(final boolean isDirect, final int gatherBytes, final int headerBytes) {
        this.isDirect = isDirect;
        this.headerBytes = headerBytes;
        this.gatherBytes = gatherBytes;
    }

    /**
     * A writer that gathers outside the heap, for channels. It allocates nothing before the first message.
     *
     * @param gatherBytes how far its buffer grows before it asks to be written out; a single frame may be longer.
     * @return an empty writer.
     */
    public static FrameWriter direct(final int gatherBytes) {
        return new FrameWriter(true, gatherBytes, Framing.HEADER_BYTES);
    }

    /**
     * A writer that gathers in a byte array, for streams. It allocates nothing before the first message.
     *
     * @param gatherBytes how far its buffer grows before it asks to be written out; a single frame may be longer.
     * @return an empty writer.
     */
    public static FrameWriter onHeap(final int gatherBytes) {
        return new FrameWriter(false, gatherBytes, Framing.HEADER_BYTES);
    }

    /**
     * The same without a length before each message: nothing but its bytes goes out.
     *
     * @return an empty writer, with the same kind of buffer and limit.
     */
    public FrameWriter unframed() {
        return new FrameWriter(isDirect, gatherBytes, 0);
    }

    @Override
    public boolean append(final DirectBuffer source, final int offset, final int length) {
        final int start = tail;
        final int body = start + headerBytes;
        if (capacity - body < length) {
            return false;
        }
        if (headerBytes > 0) {
            view.putInt(start, length, ByteOrder.LITTLE_ENDIAN);
        }
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

    @Override
    public boolean grow(final int length) {
        final int frameBytes = headerBytes + length;
        if (capacity - tail < frameBytes && (isEmpty() || tail + frameBytes <= gatherBytes)) {
            reserve(frameBytes);
        }
        return capacity - tail >= frameBytes;
    }

    @Override
    public boolean isEmpty() {
        return head == tail;
    }

    @Override
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

    @Override
    public int unwrittenBytes() {
        return tail - head;
    }

    @Override
    public boolean written(final int count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
            return true;
        }
        return false;
    }

    @Override
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
