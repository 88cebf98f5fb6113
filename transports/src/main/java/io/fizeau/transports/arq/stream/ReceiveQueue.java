package io.fizeau.transports.arq.stream;

import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.MechanismSettings;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pieces that came, in whatever order, and the messages in them, in order and once. A piece that comes when it is due is handed out from
 * where it lies; others are kept, as many as there is room for and no more.
 *
 * <p>Used by one thread. Allocates nothing once the longest message that comes in pieces has come.
 */
public final class ReceiveQueue {
    /** What became of a piece. */
    public enum Outcome {
        /** It is new, and is kept or handed out. */
        TAKEN,
        /** It was here before. */
        DUPLICATE,
        /** It is beyond the room there is. */
        NO_ROOM,
        /** No peer of this protocol sends such a piece: a message with a length out of range. */
        GARBAGE
    }

    private static final int NO_MESSAGE = -1;

    private final Carrier carrier;
    private final int payloadBytes;
    private final int maxMessageBytes;
    private final int mask;
    private final UnsafeBuffer slots;
    private final int[] lengths; // -1: nothing there
    private final UnsafeBuffer assembly = new UnsafeBuffer(new byte[0]);

    private long next; // the first piece not wholly handed out
    private long missing; // the first piece that has not come
    private long highest; // one beyond the last piece that has come
    private int consumed; // bytes of the piece next that are handed out
    private int messageBytes = NO_MESSAGE; // of a message in several pieces, else NO_MESSAGE
    private int assembledBytes;
    private boolean isGarbage;
    private boolean isRefused; // until the next deliver, so that a refused message is not offered at each piece

    /**
     * Makes room.
     *
     * @param pieces how many pieces it holds; rounded up to a power of two.
     * @param payloadBytes the longest payload of a piece.
     * @param maxMessageBytes the longest message.
     * @param firstNumber the number of the first piece.
     * @param carrier takes the messages.
     */
    public ReceiveQueue(
            final int pieces,
            final int payloadBytes,
            final int maxMessageBytes,
            final long firstNumber,
            final Carrier carrier) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(pieces);
        this.carrier = carrier;
        this.payloadBytes = payloadBytes;
        this.maxMessageBytes = maxMessageBytes;
        this.mask = capacity - 1;
        this.slots = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, payloadBytes)]);
        this.lengths = new int[capacity];
        Arrays.fill(lengths, -1);
        this.next = firstNumber;
        this.missing = firstNumber;
        this.highest = firstNumber;
    }

    /**
     * The queue of one end: for a window.
     *
     * @param settings what was agreed upon.
     * @param payloadBytes the longest payload of a piece.
     * @param carrier takes the messages.
     * @return an empty queue.
     */
    public static ReceiveQueue of(final MechanismSettings settings, final int payloadBytes, final Carrier carrier) {
        return new ReceiveQueue(
                settings.windowDatagrams(),
                payloadBytes,
                settings.maxMessageBytes(),
                settings.firstReceived(),
                carrier);
    }

    /**
     * A piece came. Hands out what is in order now.
     *
     * @param number its number.
     * @param buffer where its payload lies.
     * @param offset where it begins.
     * @param length its bytes.
     * @return what became of it.
     */
    public Outcome accept(final long number, final DirectBuffer buffer, final int offset, final int length) {
        if (number < missing || (number < highest && has(number))) {
            return Outcome.DUPLICATE;
        }
        if (number >= credit()) {
            return Outcome.NO_ROOM;
        }
        if (length > payloadBytes || length == 0) {
            return Outcome.GARBAGE;
        }
        highest = Math.max(highest, number + 1);
        if (number == missing && next == missing) {
            missing++;
            final int taken = parse(buffer, offset, length, 0);
            if (taken == length) {
                next++;
                consumed = 0;
            } else {
                store(number, buffer, offset, length);
                consumed = taken;
                isRefused = true;
            }
        } else {
            store(number, buffer, offset, length);
        }
        while (missing < highest && lengths[index(missing)] >= 0) {
            missing++;
        }
        if (!isRefused) {
            deliver();
        }
        return isGarbage ? Outcome.GARBAGE : Outcome.TAKEN;
    }

    /** Hands out what is in order and was not taken before. */
    public void deliver() {
        isRefused = false;
        while (next < missing && !isGarbage) {
            final int at = index(next);
            final int length = lengths[at];
            consumed = parse(slots, at * payloadBytes, length, consumed);
            if (consumed < length) {
                isRefused = true;
                return;
            }
            lengths[at] = -1;
            consumed = 0;
            next++;
        }
    }

    /**
     * Whether pieces in order wait for the user.
     *
     * @return true if so.
     */
    public boolean hasUndelivered() {
        return next < missing;
    }

    /**
     * Whether a piece has come.
     *
     * @param number its number.
     * @return true if it is kept or handed out.
     */
    public boolean has(final long number) {
        return number < missing || (number < highest && lengths[index(number)] >= 0);
    }

    /**
     * The first piece that has not come.
     *
     * @return its number.
     */
    public long missing() {
        return missing;
    }

    /**
     * One beyond the last piece that has come.
     *
     * @return a number of at least {@link #missing()}.
     */
    public long highest() {
        return highest;
    }

    /**
     * The first number for which there is no room.
     *
     * @return a number that does not fall.
     */
    public long credit() {
        return next + lengths.length;
    }

    private boolean isBegun() {
        return messageBytes != NO_MESSAGE;
    }

    /** Reads a piece from an offset within on; returns how far it got. */
    private int parse(final DirectBuffer buffer, final int offset, final int length, final int from) {
        int position = from;
        while (position < length) {
            if (!isBegun()) {
                if (length - position < SendQueue.LENGTH_BYTES) {
                    isGarbage = true;
                    return position;
                }
                final int bytes = buffer.getInt(offset + position, ByteOrder.LITTLE_ENDIAN);
                if (bytes < 0 || bytes > maxMessageBytes) {
                    isGarbage = true;
                    return position;
                }
                final int body = position + SendQueue.LENGTH_BYTES;
                if (bytes <= length - body) {
                    if (!carrier.deliver(buffer, offset + body, bytes)) {
                        return position;
                    }
                    position = body + bytes;
                    continue;
                }
                begin(bytes);
                position = body;
            }
            final int count = Math.min(messageBytes - assembledBytes, length - position);
            assembly.putBytes(assembledBytes, buffer, offset + position, count);
            if (assembledBytes + count == messageBytes) {
                if (!carrier.deliver(assembly, 0, messageBytes)) {
                    return position;
                }
                messageBytes = NO_MESSAGE;
                assembledBytes = 0;
            } else {
                assembledBytes += count;
            }
            position += count;
        }
        return position;
    }

    private void begin(final int bytes) {
        messageBytes = bytes;
        assembledBytes = 0;
        if (assembly.capacity() < bytes) {
            assembly.wrap(new byte[Math.min(maxMessageBytes, BitUtil.findNextPositivePowerOfTwo(bytes))]);
        }
    }

    private void store(final long number, final DirectBuffer buffer, final int offset, final int length) {
        final int at = index(number);
        slots.putBytes(at * payloadBytes, buffer, offset, length);
        lengths[at] = length;
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
