package io.fizeau.transports.inproc;

import io.fizeau.core.address.Channel;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** What the two ends of a connection share: a ring each way, and who has gone. */
final class InprocLink {
    private static final int MESSAGES_A_RING = 8;

    private final Channel address;
    private final int maxMessageBytes;
    private final OneToOneRingBuffer toListener;
    private final OneToOneRingBuffer toConnector;

    private volatile boolean isListenerGone; // by the listening end
    private volatile boolean isConnectorGone; // by the connecting end

    InprocLink(final Channel address, final int maxMessageBytes) {
        this.address = address;
        this.maxMessageBytes = maxMessageBytes;
        this.toListener = newRing(maxMessageBytes);
        this.toConnector = newRing(maxMessageBytes);
    }

    Channel address() {
        return address;
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    OneToOneRingBuffer inbound(final boolean isListening) {
        return isListening ? toListener : toConnector;
    }

    OneToOneRingBuffer outbound(final boolean isListening) {
        return isListening ? toConnector : toListener;
    }

    boolean isPeerGone(final boolean isListening) {
        return isListening ? isConnectorGone : isListenerGone;
    }

    void leave(final boolean isListening) {
        if (isListening) {
            isListenerGone = true;
        } else {
            isConnectorGone = true;
        }
    }

    private static OneToOneRingBuffer newRing(final int maxMessageBytes) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(MESSAGES_A_RING * maxMessageBytes);
        return new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                capacity + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
    }
}
