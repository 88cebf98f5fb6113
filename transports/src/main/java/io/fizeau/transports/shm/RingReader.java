package io.fizeau.transports.shm;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The reading end of a ring that Agrona's {@link OneToOneRingBuffer} writes in another process. Agrona's own read takes each length
 * as it comes; this one takes nothing on trust: a record lies within the ring, is of the one type, and is not too long, or the ring is
 * broken. Its place in the ring is its own, not what the shared memory says.
 *
 * <p>Used by one thread at a time.
 */
final class RingReader {
    /** The type of every message. */
    static final int MESSAGE_TYPE = 1;

    /** There is no message. */
    static final int NOTHING = -1;

    /** What is there, nobody of this transport has written. */
    static final int BROKEN = -2;

    private static final int PARTS_A_RING = 4;

    private final UnsafeBuffer ring;
    private final int capacity;
    private final int maxMessageBytes;
    private long head;
    private long published;
    private int length;

    RingReader(final UnsafeBuffer ring, final int capacity, final int maxMessageBytes) {
        this.ring = ring;
        this.capacity = capacity;
        this.maxMessageBytes = maxMessageBytes;
    }

    UnsafeBuffer buffer() {
        return ring;
    }

    /**
     * Looks at the next message.
     *
     * @return where it starts in {@link #buffer()}, or {@link #NOTHING}, or {@link #BROKEN}.
     */
    int next() {
        int index = (int) head & (capacity - 1);
        int recordBytes = ring.getIntVolatile(RecordDescriptor.lengthOffset(index));
        if (recordBytes <= 0) {
            return NOTHING; // negative while it is being written
        }
        if (ring.getInt(RecordDescriptor.typeOffset(index)) == RingBuffer.PADDING_MSG_TYPE_ID) {
            // Only before the end, so a ring full of padding is no endless way.
            if (index == 0 || recordBytes != capacity - index) {
                return BROKEN;
            }
            head += recordBytes;
            index = 0;
            recordBytes = ring.getIntVolatile(RecordDescriptor.lengthOffset(index));
            if (recordBytes <= 0) {
                return NOTHING;
            }
        }
        length = recordBytes - RecordDescriptor.HEADER_LENGTH;
        final boolean isValid = length >= 0
                && length <= maxMessageBytes
                && recordBytes <= capacity - index
                && ring.getInt(RecordDescriptor.typeOffset(index)) == MESSAGE_TYPE;
        return isValid ? RecordDescriptor.encodedMsgOffset(index) : BROKEN;
    }

    /** The length of the message that {@link #next()} found, in bytes. */
    int length() {
        return length;
    }

    /** Goes on behind that message; gives its room back now and then. */
    void advance() {
        head += BitUtil.align(length + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);
        if (head - published > capacity / PARTS_A_RING) {
            publish();
        }
    }

    /** Gives the room of all that was read back to the sender. */
    void publish() {
        if (head != published) {
            published = head;
            ring.putLongRelease(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET, head);
        }
    }
}
