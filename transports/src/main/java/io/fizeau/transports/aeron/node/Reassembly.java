package io.fizeau.transports.aeron.node;

import io.aeron.logbuffer.FrameDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts messages together that are longer than a fragment. Its buffer grows with the longest message seen, and never beyond the
 * longest allowed.
 *
 * <p>Used by one thread.
 */
final class Reassembly {
    /** What a fragment was. */
    enum Step {
        /** More must come. */
        PARTIAL,
        /** The message is whole, in {@link #message()}. */
        WHOLE,
        /** It continues nothing, or the message is longer than allowed. */
        INVALID
    }

    private static final int LEAST_CAPACITY = 4096;

    private final int maxMessageBytes;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[0]);
    private int length;
    private int lengthBeforeLast;
    private boolean isUnderWay;

    Reassembly(final int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    Step add(final DirectBuffer fragment, final int offset, final int fragmentLength, final int flags) {
        if ((flags & FrameDescriptor.BEGIN_FRAG_FLAG) != 0) {
            length = 0;
            isUnderWay = true;
        }
        if (!isUnderWay || fragmentLength > maxMessageBytes - length) {
            isUnderWay = false;
            return Step.INVALID;
        }
        reserve(length + fragmentLength);
        message.putBytes(length, fragment, offset, fragmentLength);
        lengthBeforeLast = length;
        length += fragmentLength;
        if ((flags & FrameDescriptor.END_FRAG_FLAG) == 0) {
            return Step.PARTIAL;
        }
        isUnderWay = false;
        return Step.WHOLE;
    }

    /** Takes the last fragment back: it will come again. */
    void takeBack() {
        length = lengthBeforeLast;
        isUnderWay = true;
    }

    DirectBuffer message() {
        return message;
    }

    int length() {
        return length;
    }

    private void reserve(final int needed) {
        if (needed > message.capacity()) {
            final long doubled = Math.max(LEAST_CAPACITY, 2L * message.capacity());
            final byte[] larger = new byte[(int) Math.min(maxMessageBytes, Math.max(needed, doubled))];
            message.getBytes(0, larger, 0, length);
            message.wrap(larger);
        }
    }
}
