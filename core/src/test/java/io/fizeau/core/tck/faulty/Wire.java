package io.fizeau.core.tck.faulty;

import io.fizeau.core.settings.Sends;
import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** The sending side of a ring, and all that can be done wrong there. Used by the sending thread. */
final class Wire {
    private static final int TYPE = 1;
    private static final int NOW_AND_THEN = 97;

    private final OneToOneRingBuffer ring;
    private final Fault fault;
    private final Sends sends;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[2 * MemoryTransport.MAX_MESSAGE_BYTES]);
    private final Queue<byte[]> overflow = new ArrayDeque<>();
    private int copyBytes = -1;
    private long count;

    Wire(final OneToOneRingBuffer ring, final Fault fault, final Sends sends) {
        this.ring = ring;
        this.fault = fault;
        this.sends = sends;
    }

    /**
     * Writes a message.
     *
     * @return false if there is no room.
     */
    boolean write(final DirectBuffer buffer, final int offset, final int length, final boolean isInCallback) {
        final boolean isNow = (count + 1) % NOW_AND_THEN == 0;
        final boolean isWritten = switch (fault) {
            case DROP -> isNow || put(buffer, offset, length);
            case DUPLICATE -> isNow ? putTwice(buffer, offset, length) : put(buffer, offset, length);
            case CORRUPT -> isNow ? putCorrupt(buffer, offset, length) : put(buffer, offset, length);
            case TRUNCATE -> put(buffer, offset, length > 1_000 ? length - 1 : length);
            case GROW_WITHOUT_BOUND -> putOrKeep(buffer, offset, length);
            case ALLOCATE -> putCopy(buffer, offset, length);
            case MERGE -> putOrMerge(buffer, offset, length, isNow);
            case REORDER -> putOrSwap(buffer, offset, length, isNow);
            case FORGET_FLUSH -> putOrSwap(buffer, offset, length, sends == Sends.GATHERED && !isInCallback);
            case FORGET_CALLBACKS_SENDS -> putOrSwap(buffer, offset, length, sends == Sends.GATHERED && isInCallback);
            default -> put(buffer, offset, length);
        };
        count += isWritten ? 1 : 0;
        return isWritten;
    }

    private boolean put(final DirectBuffer buffer, final int offset, final int length) {
        return ring.write(TYPE, buffer, offset, length);
    }

    private boolean putTwice(final DirectBuffer buffer, final int offset, final int length) {
        final boolean isWritten = put(buffer, offset, length);
        if (isWritten) {
            put(buffer, offset, length);
        }
        return isWritten;
    }

    private boolean putCopy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return put(new UnsafeBuffer(bytes), 0, length);
    }

    private boolean putCorrupt(final DirectBuffer buffer, final int offset, final int length) {
        copy.putBytes(0, buffer, offset, length);
        copy.putByte(length - 1, (byte) (copy.getByte(length - 1) + 1));
        return put(copy, 0, length);
    }

    // The kept message goes out after this one, or before it if this one is to be kept too.
    private boolean putOrSwap(final DirectBuffer buffer, final int offset, final int length, final boolean isKept) {
        if (isKept) {
            return putKept() && keep(buffer, offset, length);
        }
        if (!put(buffer, offset, length)) {
            return false;
        }
        putKept();
        return true;
    }

    private boolean putOrMerge(final DirectBuffer buffer, final int offset, final int length, final boolean isKept) {
        if (copyBytes >= 0) {
            copy.putBytes(copyBytes, buffer, offset, length);
            final boolean isWritten = put(copy, 0, Math.min(copyBytes + length, MemoryTransport.MAX_MESSAGE_BYTES));
            copyBytes = isWritten ? -1 : copyBytes;
            return isWritten;
        }
        return isKept ? keep(buffer, offset, length) : put(buffer, offset, length);
    }

    private boolean keep(final DirectBuffer buffer, final int offset, final int length) {
        copy.putBytes(0, buffer, offset, length);
        copyBytes = length;
        return true;
    }

    private boolean putKept() {
        if (copyBytes >= 0 && !put(copy, 0, copyBytes)) {
            return false;
        }
        copyBytes = -1;
        return true;
    }

    private boolean putOrKeep(final DirectBuffer buffer, final int offset, final int length) {
        while (!overflow.isEmpty()) {
            final byte[] first = overflow.peek();
            if (!put(new UnsafeBuffer(first), 0, first.length)) {
                break;
            }
            overflow.remove();
        }
        if (!overflow.isEmpty() || !put(buffer, offset, length)) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            overflow.add(bytes);
        }
        return true;
    }
}
