package io.fizeau.transports.nio;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.MessageWriter;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.socket.PeerRefusedException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection. What the socket does not take stays here, and nothing more is taken until it is out, unless
 * it was gathered.
 *
 * <p>Thread-safe only where the transport drives the connection itself: then one thread sends while the loop pushes on what was
 * left, and a lock keeps them apart. Where the caller drives, one thread does both, and there is no lock.
 */
final class NioSender {
    /** Hears when something could not be written, and when it is out. */
    interface StallListener {
        void onStalled(boolean isStalled);
    }

    private final ConnectionChannel channel;
    private final Lifecycle life;
    private final StallListener stallListener;
    private final Consumer<PeerRefusedException> refusals;
    private final MessageWriter out;
    private final int maxMessageBytes;
    private final boolean isGathering;
    private final @Nullable ReentrantLock lock;

    private volatile boolean isStalled; // under the lock
    private volatile boolean isBroken; // under the lock
    private volatile boolean wasReset; // under the lock

    NioSender(
            final ConnectionChannel channel,
            final MessageWriter out,
            final Lifecycle life,
            final NioStack stack,
            final StallListener stallListener,
            final Consumer<PeerRefusedException> refusals) {
        this.channel = channel;
        this.out = out;
        this.life = life;
        this.stallListener = stallListener;
        this.refusals = refusals;
        this.maxMessageBytes = stack.maxMessageBytes();
        this.isGathering = stack.gathersBytes() > 0;
        this.lock = stack.driving() == Driving.OWN ? new ReentrantLock() : null;
    }

    /** Whether a write left something over, which has to be pushed on. */
    boolean isStalled() {
        return isStalled;
    }

    /** Whether nothing waits to be written. By the driving thread. */
    boolean isEmpty() {
        if (lock == null) {
            return out.isEmpty() && !isStalled;
        }
        lock.lock();
        try {
            return out.isEmpty() && !isStalled;
        } finally {
            lock.unlock();
        }
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

    /** Tries to get out what was left over. If another thread is sending, that one does it. */
    void pushOn() {
        if (lock == null) {
            write();
        } else if (lock.tryLock()) {
            try {
                write();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Writes what nobody will flush: what the framing has to say first, or of itself, and what the channel keeps. By the driving
     * thread.
     */
    void writeDue() {
        if (lock == null) {
            write();
            return;
        }
        lock.lock();
        try {
            write();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to be written that nobody will flush. */
    boolean isDue() {
        return out.isDue() || (channel.wantsWrite() && !isStalled);
    }

    /** Lets the framing look at the clock. By the driving thread. */
    void tick(final long nowNs) {
        if (lock == null) {
            out.tick(nowNs);
            return;
        }
        lock.lock();
        try {
            out.tick(nowNs);
        } finally {
            lock.unlock();
        }
    }

    private SendStatus offer(final DirectBuffer buffer, final int offset, final int length) {
        if (!life.isOpen()) {
            return notOpen();
        }
        if (length > maxMessageBytes) {
            return SendStatus.TOO_LONG;
        }
        if (isGathering) {
            return out.append(buffer, offset, length) ? SendStatus.ACCEPTED : makeRoomAndAppend(buffer, offset, length);
        }
        if ((isStalled || !out.isEmpty()) && !write()) {
            return SendStatus.BACK_PRESSURED;
        }
        if (isBroken) {
            return SendStatus.CLOSED;
        }
        if (!out.append(buffer, offset, length)) {
            out.grow(length);
            out.append(buffer, offset, length);
        }
        write();
        return SendStatus.ACCEPTED;
    }

    private SendStatus makeRoomAndAppend(final DirectBuffer buffer, final int offset, final int length) {
        if (!out.grow(length)) {
            write();
        }
        if (isBroken) {
            return SendStatus.CLOSED;
        }
        return out.grow(length) && out.append(buffer, offset, length) ? SendStatus.ACCEPTED : SendStatus.BACK_PRESSURED;
    }

    private SendStatus writeOut() {
        if (!life.isOpen()) {
            return notOpen();
        }
        if ((isStalled || !out.isEmpty()) && !write()) {
            return SendStatus.BACK_PRESSURED;
        }
        return isBroken ? SendStatus.CLOSED : SendStatus.ACCEPTED;
    }

    /** Writes once; true if nothing is left to be written. */
    private boolean write() {
        if (isBroken) {
            out.clear();
            return true;
        }
        if (out.unwrittenBytes() == 0 && !channel.wantsWrite()) {
            return out.isEmpty();
        }
        final boolean isOut;
        try {
            isOut = out.written(channel.write(out.unwritten())) && !channel.wantsWrite();
        } catch (final PeerRefusedException e) {
            onBroken(e);
            refusals.accept(e);
            return true;
        } catch (final IOException e) {
            onBroken(e);
            return true;
        }
        if (isOut == isStalled) {
            isStalled = !isOut;
            stallListener.onStalled(!isOut);
        }
        return isOut && out.isEmpty();
    }

    /** The driving thread will find the end of the stream, after what the peer sent before it. */
    private void onBroken(final IOException e) {
        isBroken = true;
        if (isStalled) {
            isStalled = false;
            stallListener.onStalled(false);
        }
        wasReset = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
        out.clear();
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }
}
