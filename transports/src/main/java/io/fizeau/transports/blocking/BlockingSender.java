package io.fizeau.transports.blocking;

import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.loop.Lifecycle;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: one write for each message, length and body together, or one for many where they are
 * gathered. Waits while the socket takes nothing.
 *
 * <p>Thread-safe only where the transport delivers on a thread of its own: then one thread sends while that one pushes on what
 * callbacks left, and whoever hands sending over from a callback cannot know when it is done. A lock keeps them apart. Where the
 * caller delivers, one thread sends, and there is no lock.
 */
final class BlockingSender {
    private final BlockingStream stream;
    private final Lifecycle life;
    private final FrameWriter out;
    private final int maxMessageBytes;
    private final boolean isGathering;
    private final @Nullable ReentrantLock lock;

    private volatile boolean isBroken; // under the lock
    private volatile boolean wasReset; // under the lock

    BlockingSender(
            final BlockingStream stream, final Lifecycle life, final BlockingStack stack, final boolean isConcurrent) {
        this.stream = stream;
        this.life = life;
        this.out = stream.newFrameWriter(stack.gathersBytes());
        this.maxMessageBytes = stack.maxMessageBytes();
        this.isGathering = stack.gathersBytes() > 0;
        this.lock = isConcurrent ? new ReentrantLock() : null;
    }

    /** Whether something may be held back until a flush. */
    boolean isGathering() {
        return isGathering;
    }

    /** Whether the socket takes nothing more, ever. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether a write was told that the peer has reset the connection. */
    boolean wasReset() {
        return wasReset;
    }

    SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (lock == null) {
            return offer(buffer, offset, length);
        }
        lock.lock();
        try {
            return offer(buffer, offset, length);
        } finally {
            lock.unlock();
        }
    }

    SendStatus flush() {
        if (lock == null) {
            return writeOut();
        }
        lock.lock();
        try {
            return writeOut();
        } finally {
            lock.unlock();
        }
    }

    /** Gets out what callbacks have left. If another thread is sending, that one does it: the delivering thread goes on reading. */
    void pushOn() {
        if (lock == null) {
            writeOut();
        } else if (lock.tryLock()) {
            try {
                writeOut();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sends the first bytes of all; before the connection is open. */
    void introduce(final byte[] introduction) throws IOException {
        out.appendRaw(introduction);
        stream.write(out);
        out.clear();
    }

    private SendStatus offer(final DirectBuffer buffer, final int offset, final int length) {
        if (isBroken || !life.isOpen()) {
            return notOpen();
        }
        if (length > maxMessageBytes) {
            return SendStatus.TOO_LONG;
        }
        if (!out.append(buffer, offset, length)) {
            if (!out.grow(length) && !write()) {
                return SendStatus.CLOSED;
            }
            out.grow(length);
            out.append(buffer, offset, length);
        }
        return isGathering || write() ? SendStatus.ACCEPTED : SendStatus.CLOSED;
    }

    private SendStatus writeOut() {
        if (isBroken || !life.isOpen()) {
            return notOpen();
        }
        return out.isEmpty() || write() ? SendStatus.ACCEPTED : SendStatus.CLOSED;
    }

    /** Writes all that waits, and waits until it is written; false if it never will be. */
    private boolean write() {
        try {
            stream.write(out);
            return true;
        } catch (final IOException e) {
            // The reading thread will find the end of the stream, after what the peer sent before it.
            isBroken = true;
            wasReset = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
            return false;
        } finally {
            out.clear();
        }
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }
}
