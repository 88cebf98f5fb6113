package io.fizeau.core.tck.faulty;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.jspecify.annotations.Nullable;

/** One end: reads one ring, writes the other. Callbacks happen under a lock, so that a close by any thread can report itself. */
final class MemoryConnection implements Connection, ControlledMessageHandler {
    private static final long READ_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(12);
    private static final long PARK_NS = 20_000;

    private final MemoryNode node;
    private final ConnectionHandler handler;
    private final Address remote;
    private final OneToOneRingBuffer in;
    private final OneToOneRingBuffer out;
    private final Wire wire;
    private final boolean isConnector;
    private final ReentrantLock callbacks = new ReentrantLock();
    private final AtomicReference<@Nullable CloseReason> reason = new AtomicReference<>();
    private volatile @Nullable MemoryConnection peer; // the accepting node, once
    private volatile boolean isRefused; // the listener
    private volatile boolean isOpen; // under the lock
    private volatile @Nullable Object attachment; // the user
    private volatile @Nullable Thread deliverer; // under the lock
    private boolean isReported; // under the lock, as the rest
    private boolean isOpening;
    private boolean isRetried;
    private long delivered;
    private long sent; // the sending thread

    MemoryConnection(
            final MemoryNode node,
            final ConnectionHandler handler,
            final Address remote,
            final OneToOneRingBuffer in,
            final OneToOneRingBuffer out,
            final @Nullable MemoryConnection peer) {
        this.node = node;
        this.handler = handler;
        this.remote = remote;
        this.in = in;
        this.out = out;
        this.peer = peer;
        this.isConnector = peer == null;
        this.wire = new Wire(out, node.fault(), node.sends());
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        final SendStatus refusal = refusal(length);
        if (refusal != null) {
            return refusal;
        }
        if (isLost()) {
            return SendStatus.ACCEPTED;
        }
        final boolean isInCallback = callbacks.isHeldByCurrentThread();
        final Wire to = node.has(Fault.CROSS_CONNECTIONS) && ++sent % 7 == 0 ? node.anyOther(this).wire : wire;
        while (!to.write(buffer, offset, length, isInCallback)) {
            if (node.has(Fault.THROW_WHEN_FULL)) {
                throw new IllegalStateException("full");
            }
            if (!node.waits()) {
                return SendStatus.BACK_PRESSURED;
            }
            final MemoryConnection other = peer;
            if (other != null && other.reason.get() != null) {
                close(CloseReason.PEER_CLOSED);
            }
            if (reason.get() != null && !(node.has(Fault.KEEP_SENDER_WAITING) && !Thread.interrupted())) {
                return SendStatus.CLOSED;
            }
            LockSupport.parkNanos(PARK_NS);
        }
        return SendStatus.ACCEPTED;
    }

    @Override
    public SendStatus flush() {
        final SendStatus refusal = refusal(0);
        return refusal == null ? SendStatus.ACCEPTED : refusal;
    }

    @Override
    public int poll(final int limit) {
        if (node.driving() == Driving.OWN) {
            return 0;
        }
        final long startNs = System.nanoTime();
        int work = deliver(limit);
        while (node.waits()
                && work == 0
                && !isRetried
                && isOpen
                && mayWait()
                && System.nanoTime() - startNs < READ_TIMEOUT_NS) {
            LockSupport.parkNanos(PARK_NS);
            work = advance() + deliver(limit);
        }
        return work;
    }

    @Override
    public ConnectionState state() {
        if (reason.get() != null) {
            return ConnectionState.CLOSED;
        }
        return isOpen ? ConnectionState.OPEN : ConnectionState.CONNECTING;
    }

    @Override
    public @Nullable CloseReason closeReason() {
        return reason.get();
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public int maxMessageBytes() {
        return MemoryTransport.MAX_MESSAGE_BYTES;
    }

    @Override
    public Address remoteAddress() {
        return remote;
    }

    @Override
    public void attach(final @Nullable Object user) {
        attachment = user;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void close() {
        if (node.has(Fault.IGNORE_CLOSE_IN_CALLBACK) && callbacks.isHeldByCurrentThread()) {
            return;
        }
        if (!close(CloseReason.LOCAL) && node.has(Fault.CLOSE_ONCE_ONLY)) {
            throw new IllegalStateException("closed already");
        }
    }

    @Override
    public Action onMessage(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        final boolean isWrong = isRetried && node.has(Fault.RETRY_ANOTHER) && length > 0;
        final Delivery delivery;
        try {
            delivery = handler.onMessage(this, buffer, offset, isWrong ? length - 1 : length);
        } catch (final RuntimeException | Error e) {
            fail(e);
            return Action.BREAK;
        }
        isRetried = delivery == Delivery.RETRY;
        if (isRetried && !node.has(Fault.IGNORE_RETRY) && !(node.has(Fault.DROP_WHEN_FULL) && isFull())) {
            return Action.ABORT;
        }
        isRetried = false;
        delivered++;
        return reason.get() == null ? Action.CONTINUE : Action.BREAK;
    }

    /** Takes the next step of its life, if one is due. */
    int advance() {
        if (isReported) {
            return 0;
        }
        final MemoryConnection other = peer;
        if (isRefused) {
            close(CloseReason.UNREACHABLE);
        } else if (!isOpen && other != null) {
            open();
        } else if (other != null && other.reason.get() != null && in.size() == 0 && isTold(other)) {
            close(CloseReason.PEER_CLOSED);
        } else {
            return 0;
        }
        return 1;
    }

    /** Delivers up to so many messages. */
    int deliver(final int limit) {
        if (!isOpen || reason.get() != null || !callbacks.tryLock()) {
            return 0;
        }
        final long before = delivered;
        try {
            deliverer = Thread.currentThread();
            in.controlledRead(this, node.has(Fault.EXCEED_LIMIT) ? limit + 3 : limit);
            if (node.has(Fault.INVENT) && delivered == before && delivered % 4 == 3) {
                onMessage(1, node.emptyBuffer(), 0, 0);
            }
        } finally {
            callbacks.unlock();
        }
        report();
        return (int) (delivered - before);
    }

    void refuse() {
        isRefused = true;
    }

    /** The peer's end of this connection, as another node accepts it. */
    MemoryConnection acceptAt(final MemoryNode acceptor, final ConnectionHandler acceptorsHandler) {
        final MemoryConnection accepted = new MemoryConnection(acceptor, acceptorsHandler, remote, out, in, this);
        accepted.open();
        peer = accepted;
        return accepted;
    }

    boolean isOver() {
        return isReported;
    }

    boolean close(final CloseReason why) {
        final boolean isFirst = reason.compareAndSet(null, why);
        report();
        return isFirst;
    }

    void reportAgain() {
        handler.onClosed(this, CloseReason.LOCAL);
    }

    private void open() {
        callbacks.lock();
        try {
            isOpen = true;
            isOpening = true;
            handler.onOpen(this);
        } catch (final RuntimeException | Error e) {
            fail(e);
        } finally {
            isOpening = false;
            callbacks.unlock();
        }
        report();
    }

    // Whoever holds the lock looks again after giving it back, so that a close during a callback is reported after it.
    private void report() {
        while (reason.get() != null && !isReported && callbacks.tryLock()) {
            try {
                final CloseReason why = reason.get();
                if (!isReported && why != null && callbacks.getHoldCount() == 1) {
                    isReported = true;
                    handler.onClosed(this, why);
                } else if (callbacks.getHoldCount() > 1) {
                    return; // inside a callback: reported when it has returned
                }
            } catch (final RuntimeException | Error e) {
                node.tell(e);
            } finally {
                callbacks.unlock();
            }
        }
    }

    private void fail(final Throwable thrown) {
        if (node.has(Fault.SWALLOW_EXCEPTION)) {
            return;
        }
        node.tell(thrown);
        close(CloseReason.FAILED);
        if (node.has(Fault.CLOSE_ALL_ON_EXCEPTION)) {
            node.closeConnections();
        }
    }

    private @Nullable SendStatus refusal(final int length) {
        if (reason.get() != null) {
            if (node.has(Fault.THROW_WHEN_CLOSED)) {
                throw new IllegalStateException("closed");
            }
            return SendStatus.CLOSED;
        }
        if (!isOpen) {
            return node.has(Fault.ACCEPT_BEFORE_OPEN) ? SendStatus.ACCEPTED : SendStatus.NOT_CONNECTED;
        }
        if (length > MemoryTransport.MAX_MESSAGE_BYTES) {
            return node.has(Fault.ACCEPT_TOO_LONG) ? SendStatus.ACCEPTED : SendStatus.TOO_LONG;
        }
        return null;
    }

    private boolean isLost() {
        return switch (node.fault()) {
            case DROP_IN_ON_OPEN -> isOpening;
            case DROP_FROM_OTHER_THREAD ->
                deliverer != null && deliverer != Thread.currentThread() && isConnector && ++sent % 100 == 0;
            default -> false;
        };
    }

    private boolean isFull() {
        return out.size() > out.capacity() / 2;
    }

    private boolean isTold(final MemoryConnection other) {
        return switch (node.fault()) {
            case HIDE_CLOSE_FROM_CONNECTOR -> !isConnector;
            case HIDE_CLOSE_FROM_LISTENER -> isConnector;
            case HIDE_NODE_CLOSE -> !other.node.isClosed();
            default -> true;
        };
    }

    private boolean mayWait() {
        if (node.has(Fault.KEEP_POLLER_WAITING) && !Thread.currentThread().isInterrupted()) {
            return true;
        }
        return reason.get() == null;
    }
}
