package io.fizeau.transports.framing;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes that have come and were not consumed yet: between a position and a limit, in one piece. Grows when told to, and
 * shrinks only by {@link #release()}. Not thread-safe: it belongs to the thread that delivers.
 */
public final class ReceiveBuffer {
    /** A read is worth its system call with an eighth of the buffer free; with less the buffer grows first. */
    private static final int WORTHWHILE_SHIFT = 3;

    private final boolean isDirect;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    private int position;
    private int limit;

    private ReceiveBuffer(final boolean isDirect, final int capacityBytes) {
        this.isDirect = isDirect;
        this.bytes = allocate(capacityBytes);
        view.wrap(bytes);
    }

    /**
     * A buffer outside the heap, for channels.
     *
     * @param capacityBytes its first capacity; 0 to allocate nothing until it is needed.
     * @return an empty buffer.
     */
    public static ReceiveBuffer direct(final int capacityBytes) {
        return new ReceiveBuffer(true, capacityBytes);
    }

    /**
     * A buffer over a byte array, for streams.
     *
     * @param capacityBytes its first capacity.
     * @return an empty buffer.
     */
    public static ReceiveBuffer onHeap(final int capacityBytes) {
        return new ReceiveBuffer(false, capacityBytes);
    }

    /**
     * How many bytes wait.
     *
     * @return 0 or more.
     */
    public int available() {
        return limit - position;
    }

    /**
     * How many bytes it can hold without growing.
     *
     * @return its capacity in bytes.
     */
    public int capacity() {
        return bytes.capacity();
    }

    /** Forgets what waits. */
    public void clear() {
        position = 0;
        limit = 0;
    }

    /** Forgets what waits, and gives back the memory. */
    public void release() {
        bytes = allocate(0);
        view.wrap(bytes);
        clear();
    }

    /**
     * Makes room behind what waits: moves it to the front if that suffices, else grows to the next power of two.
     *
     * @param moreBytes for how many bytes there has to be room.
     */
    public void makeRoom(final int moreBytes) {
        makeRoom(moreBytes, Integer.MAX_VALUE);
    }

    /**
     * The same for who knows how much will wait at the most: grows no further than that, unless what waits is more already.
     *
     * @param moreBytes for how many bytes there has to be room.
     * @param mostBytes how many bytes will wait at the most.
     */
    public void makeRoom(final int moreBytes, final int mostBytes) {
        final int available = limit - position;
        if (available == 0) {
            position = 0;
            limit = 0;
        }
        if (bytes.capacity() - limit >= moreBytes) {
            return;
        }
        if (bytes.capacity() - available >= moreBytes) {
            view.putBytes(0, view, position, available);
            position = 0;
            limit = available;
        } else {
            final int needed = Math.addExact(available, moreBytes);
            grow(Math.max(needed, Math.min(mostBytes, BitUtil.findNextPositivePowerOfTwo(needed))));
        }
    }

    /**
     * Makes room behind what waits for a part of what is announced: for all of it if it fits, else for what can be had by growing to
     * twice what waits at the most. So what a buffer holds goes by what has come, whatever a peer says that it will send.
     *
     * @param moreBytes how many bytes are still to come, at least 1; there is room for at least one of them afterwards.
     */
    public void makeRoomTowards(final int moreBytes) {
        final int available = limit - position;
        final int free = bytes.capacity() - available;
        if (free >= moreBytes) {
            makeRoom(moreBytes);
        } else if (free > bytes.capacity() >> WORTHWHILE_SHIFT) {
            makeRoom(free);
        } else {
            final int whole = BitUtil.findNextPositivePowerOfTwo(Math.addExact(available, moreBytes));
            grow(Math.min(whole, Math.max(2 * available, 1)));
        }
    }

    private void grow(final int capacityBytes) {
        final int available = limit - position;
        final ByteBuffer grown = allocate(capacityBytes);
        view.getBytes(position, grown, 0, available);
        bytes = grown;
        view.wrap(grown);
        position = 0;
        limit = available;
    }

    /**
     * The room behind what waits, for a channel to read into. Tell {@link #filled(int)} how much came.
     *
     * @return the same buffer each time, its position and limit around the room.
     */
    public ByteBuffer room() {
        return bytes.limit(bytes.capacity()).position(limit);
    }

    /**
     * The array behind a buffer on the heap, for a stream to read into at {@link #end()}.
     *
     * @return the array.
     */
    @SuppressWarnings("ByteBufferBackingArray") // allocated here, so its array starts at 0
    public byte[] array() {
        return bytes.array();
    }

    /**
     * Where the room starts.
     *
     * @return an index into {@link #array()}.
     */
    public int end() {
        return limit;
    }

    /**
     * Tells that bytes were read into the room.
     *
     * @param count how many.
     */
    public void filled(final int count) {
        limit += count;
    }

    /**
     * Empties it and leaves room at the front, to be filled by {@link #fillFront} once something was read behind it.
     *
     * @param frontBytes how much room.
     */
    public void clearBehind(final int frontBytes) {
        position = frontBytes;
        limit = frontBytes;
    }

    /**
     * Puts what waits in another buffer into the room that {@link #clearBehind} left for it.
     *
     * @param from the other buffer, with as many bytes as there is room; empty afterwards.
     */
    public void fillFront(final ReceiveBuffer from) {
        final int count = from.available();
        position -= count;
        view.putBytes(position, from.view, from.position, count);
        from.clear();
    }

    /**
     * Moves what waits in another buffer behind what waits here.
     *
     * @param from the other buffer, empty afterwards.
     */
    public void take(final ReceiveBuffer from) {
        final int count = from.available();
        makeRoom(count);
        view.putBytes(limit, from.view, from.position, count);
        limit += count;
        from.clear();
    }

    /**
     * Takes the first bytes out.
     *
     * @param target where to; as many bytes are taken as it is long, and they must be there.
     */
    public void read(final byte[] target) {
        view.getBytes(position, target);
        position += target.length;
    }

    /**
     * Looks at a byte without taking it out.
     *
     * @param index from 0, less than {@link #available()}.
     * @return the byte.
     */
    public byte peek(final int index) {
        return view.getByte(position + index);
    }

    /**
     * Takes bytes out and forgets them.
     *
     * @param count how many, no more than wait.
     */
    public void skip(final int count) {
        position += count;
    }

    /**
     * Where what waits starts.
     *
     * @return an index into {@link #view()}.
     */
    public int position() {
        return position;
    }

    void position(final int newPosition) {
        position = newPosition;
    }

    /**
     * All of its bytes, what waits and the rest.
     *
     * @return the same view each time, until the buffer grows; not to be written to.
     */
    public UnsafeBuffer view() {
        return view;
    }

    private ByteBuffer allocate(final int capacityBytes) {
        // Nothing is nothing: a direct buffer of no bytes would cost native memory and a cleaner.
        return isDirect && capacityBytes > 0
                ? ByteBuffer.allocateDirect(capacityBytes)
                : ByteBuffer.allocate(capacityBytes);
    }
}
