package io.fizeau.transports.http.server;

import io.fizeau.transports.framing.FrameWriter;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a session has to say with its next answer. Thread-safe: one thread may put messages in while another takes an answer out.
 */
final class Outgoing {
    /** One is as it should be; a few more may be with the system before this end knows. */
    private static final int MOST_ON_THEIR_WAY = 4;

    private static final int SMALL_BYTES = 64 << 10;

    private final int limitBytes;
    private FrameWriter filling; // under the lock, as the next two
    private FrameWriter leaving;
    private @Nullable ByteBuffer onItsWay;
    private int onTheirWay;

    Outgoing(final int limitBytes) {
        this.limitBytes = limitBytes;
        this.filling = FrameWriter.direct(limitBytes);
        this.leaving = FrameWriter.direct(limitBytes);
    }

    /** Puts a message in; false if there is no room until an answer has left. */
    synchronized boolean add(final DirectBuffer source, final int offset, final int length) {
        return filling.append(source, offset, length)
                || (filling.grow(length) && filling.append(source, offset, length));
    }

    synchronized boolean isEmpty() {
        return filling.isEmpty();
    }

    /** Takes out what is in it; the bytes stay as they are until {@link #left}. */
    synchronized ByteBuffer take() {
        // Only a peer that asks again before it has read the last answer finds that one still on its way.
        final FrameWriter next = onItsWay == null ? leaving : FrameWriter.direct(limitBytes);
        leaving = filling;
        filling = next;
        onItsWay = leaving.unwritten();
        onTheirWay++;
        return onItsWay;
    }

    /** Whether the peer asks on and on without reading what it is answered. */
    synchronized boolean isStuck() {
        return onTheirWay >= MOST_ON_THEIR_WAY;
    }

    /** Gives back what long messages needed, if nothing waits. */
    synchronized void shrink() {
        if (onItsWay == null && leaving.capacity() > SMALL_BYTES) {
            leaving = FrameWriter.direct(limitBytes);
        }
        if (filling.isEmpty() && filling.capacity() > SMALL_BYTES) {
            filling = FrameWriter.direct(limitBytes);
        }
    }

    /** The bytes are with the system, or never will be. */
    @SuppressWarnings("ReferenceEquality") // that buffer, and not another one with the same bytes
    synchronized void left(final ByteBuffer taken) {
        onTheirWay--;
        if (onItsWay == taken) {
            leaving.clear();
            onItsWay = null;
        }
    }
}
