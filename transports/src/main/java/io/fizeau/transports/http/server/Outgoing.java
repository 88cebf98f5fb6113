package io.fizeau.transports.http.server;

import io.fizeau.transports.framing.FrameWriter;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a session has to say with its next answer. Thread-safe: one thread may put messages in while another takes an answer out.
 */
final class Outgoing {
    private final int limitBytes;
    private FrameWriter filling; // under the lock, as the next two
    private FrameWriter leaving;
    private @Nullable ByteBuffer onItsWay;

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
        return onItsWay;
    }

    /** The bytes are with the system, or never will be. */
    @SuppressWarnings("ReferenceEquality") // that buffer, and not another one with the same bytes
    synchronized void left(final ByteBuffer taken) {
        if (onItsWay == taken) {
            leaving.clear();
            onItsWay = null;
        }
    }
}
