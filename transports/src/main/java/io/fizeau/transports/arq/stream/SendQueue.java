package io.fizeau.transports.arq.stream;

import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Messages on their way out, as pieces with rising numbers, each small enough for one datagram. A piece keeps room before its payload,
 * in which the datagram's headers are written, so that it is sent from where it lies. It keeps its place until it is released.
 *
 * <p>A message is four bytes of length, little-endian, and its bytes. Several may share a piece, and one may take several; the four bytes
 * are never parted.
 *
 * <p>Used by one thread; allocates nothing once made.
 */
public final class SendQueue {
    /** Bytes of length before each message. */
    public static final int LENGTH_BYTES = Integer.BYTES;

    private final Memory memory;
    private final int headroom;
    private final int payloadBytes;
    private final int slotBytes;
    private final int mask;
    private final int[] lengths;
    private final boolean gathers;

    private long first;
    private long end;
    private boolean isLastOpen;
    private long messages;
    private long latest; // the first piece of the message that was taken last

    /**
     * Makes room.
     *
     * @param pieces how many pieces it holds; rounded up to a power of two.
     * @param headroom bytes kept before each payload.
     * @param payloadBytes the longest payload of a piece, at least 5.
     * @param firstNumber the number of the first piece.
     * @param gathers whether the last piece stays open for more until {@link #closeLast()}.
     * @param isDirect whether the memory is outside the heap.
     */
    public SendQueue(
            final int pieces,
            final int headroom,
            final int payloadBytes,
            final long firstNumber,
            final boolean gathers,
            final boolean isDirect) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(pieces);
        this.headroom = headroom;
        this.payloadBytes = payloadBytes;
        this.slotBytes = BitUtil.align(headroom + payloadBytes, Long.BYTES);
        this.mask = capacity - 1;
        this.lengths = new int[capacity];
        this.memory = isDirect
                ? Memory.direct(Math.multiplyExact(capacity, slotBytes))
                : Memory.onHeap(Math.multiplyExact(capacity, slotBytes));
        this.gathers = gathers;
        this.first = firstNumber;
        this.end = firstNumber;
    }

    /**
     * The queue of one end: for a window, and for the longest message.
     *
     * @param settings what was agreed upon.
     * @param headroom bytes kept before each payload.
     * @param payloadBytes the longest payload of a piece.
     * @return an empty queue.
     */
    public static SendQueue of(final MechanismSettings settings, final int headroom, final int payloadBytes) {
        return new SendQueue(
                Math.max(settings.windowDatagrams(), piecesOf(settings.maxMessageBytes(), payloadBytes) + 1),
                headroom,
                payloadBytes,
                settings.firstSent(),
                settings.gathers(),
                settings.isDirect());
    }

    /**
     * How many pieces a message takes at the most.
     *
     * @param messageBytes its length.
     * @param payloadBytes the longest payload of a piece.
     * @return a count of at least 1.
     */
    public static int piecesOf(final int messageBytes, final int payloadBytes) {
        return Math.max(1, (messageBytes + LENGTH_BYTES + payloadBytes - 1) / payloadBytes);
    }

    /**
     * Takes a message, wholly or not at all.
     *
     * @param buffer holds it.
     * @param offset where it starts.
     * @param length its bytes.
     * @param firstUnsent the first piece that has not been sent: from there on the last one may still be added to. Long.MAX_VALUE
     *     to begin a new piece, unless one is open because messages are gathered.
     * @return whether there was room.
     */
    public boolean offer(final DirectBuffer buffer, final int offset, final int length, final long firstUnsent) {
        final boolean isShared = end > first && (isLastOpen || end - 1 >= firstUnsent);
        final int used = isShared ? lengths[index(end - 1)] : payloadBytes;
        final int left = payloadBytes - used;
        final boolean fitsInto = left > LENGTH_BYTES || (left == LENGTH_BYTES && length == 0);
        final int into = fitsInto ? Math.min(left - LENGTH_BYTES, length) : 0;
        final int rest = length - into;
        final int more = fitsInto ? (rest + payloadBytes - 1) / payloadBytes : piecesOf(length, payloadBytes);
        if (end - first + more > lengths.length) {
            return false;
        }
        if (fitsInto) {
            append(end - 1, used, buffer, offset, length, into);
        }
        latest = fitsInto ? end - 1 : end;
        int done = into;
        boolean isBegun = fitsInto;
        while (done < length || !isBegun) {
            final int at = index(end);
            lengths[at] = 0;
            end++;
            if (isBegun) {
                final int count = Math.min(payloadBytes, length - done);
                memory.view().putBytes(at * slotBytes + headroom, buffer, offset + done, count);
                lengths[at] = count;
                done += count;
            } else {
                isBegun = true;
                final int count = Math.min(payloadBytes - LENGTH_BYTES, length);
                append(end - 1, 0, buffer, offset, length, count);
                done = count;
            }
        }
        isLastOpen = gathers && payloadBytes - lengths[index(end - 1)] > LENGTH_BYTES;
        messages++;
        return true;
    }

    private void append(
            final long number,
            final int used,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int count) {
        final int at = index(number);
        final int position = at * slotBytes + headroom + used;
        memory.view().putInt(position, length, ByteOrder.LITTLE_ENDIAN);
        memory.view().putBytes(position + LENGTH_BYTES, buffer, offset, count);
        lengths[at] = used + LENGTH_BYTES + count;
    }

    /** Lets the last piece be sent although it has room for more. */
    public void closeLast() {
        isLastOpen = false;
    }

    /**
     * The first piece that is still held.
     *
     * @return its number; {@link #end()} if none is.
     */
    public long first() {
        return first;
    }

    /**
     * The first number that is not to be sent yet.
     *
     * @return one more than that of the last piece that may be sent.
     */
    public long end() {
        return isLastOpen ? end - 1 : end;
    }

    /**
     * The piece in which the last message ends, open or not.
     *
     * @return its number; before the first message, one less than the first number.
     */
    public long last() {
        return end - 1;
    }

    /**
     * The first piece of the message that was taken last; the others of its pieces follow it, up to {@link #last()}.
     *
     * @return its number.
     */
    public long firstOfLatest() {
        return latest;
    }

    /**
     * Whether there is nothing at all, not even an open piece.
     *
     * @return true if so.
     */
    public boolean isEmpty() {
        return first == end;
    }

    /**
     * How many messages were taken.
     *
     * @return a count that does not fall.
     */
    public long messages() {
        return messages;
    }

    /**
     * How many pieces it can hold.
     *
     * @return a power of two.
     */
    public int capacity() {
        return lengths.length;
    }

    /**
     * Frees the pieces before a number; they are not touched any more.
     *
     * @param number at least {@link #first()}, at most {@link #end()}.
     */
    public void release(final long number) {
        first = number;
    }

    /**
     * The payload of a piece.
     *
     * @param number of a piece that is held.
     * @return its bytes.
     */
    public int length(final long number) {
        return lengths[index(number)];
    }

    /**
     * Where the room before a piece's payload begins.
     *
     * @param number of a piece that is held.
     * @return an offset in {@link #memory()}; the payload is headroom bytes behind.
     */
    public int offset(final long number) {
        return index(number) * slotBytes;
    }

    /**
     * Where the pieces lie.
     *
     * @return the memory.
     */
    public Memory memory() {
        return memory;
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
