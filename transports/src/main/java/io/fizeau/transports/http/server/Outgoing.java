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
    private FrameWriter filling; // under the lock, as the next four
    private FrameWriter leaving;
    private @Nullable ByteBuffer onItsWay;
    private @Nullable Runnable waiting;
    private boolean isReleasing;

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

    /** How many bytes would leave with an answer now. */
    synchronized int size() {
        return filling.unwrittenBytes();
    }

    /** Runs something when no answer is on its way: now, or once that one has left. One at a time may wait. */
    void whenLeft(final Runnable work) {
        synchronized (this) {
            if (onItsWay != null) {
                waiting = work;
                return;
            }
        }
        work.run();
    }

    /**
     * Takes out what is in it, when no answer is on its way; the bytes stay as they are until {@link #left}.
     *
     * @param isLast whether the memory that it has is to be given back after that.
     */
    synchronized ByteBuffer take(final boolean isLast) {
        isReleasing = isLast;
        final FrameWriter next = isLast ? FrameWriter.direct(limitBytes) : leaving;
        leaving = filling;
        filling = next;
        onItsWay = leaving.unwritten();
        return onItsWay;
    }

    /** The bytes are with the system, or never will be. */
    void left(final ByteBuffer taken) {
        final Runnable work = forget(taken);
        if (work != null) {
            work.run();
        }
    }

    @SuppressWarnings("ReferenceEquality") // that buffer, and not another one with the same bytes
    private synchronized @Nullable Runnable forget(final ByteBuffer taken) {
        if (onItsWay != taken) {
            return null;
        }
        if (isReleasing) {
            leaving = FrameWriter.direct(limitBytes);
        } else {
            leaving.clear();
        }
        onItsWay = null;
        final Runnable work = waiting;
        waiting = null;
        return work;
    }
}
