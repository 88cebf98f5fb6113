package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accepts connections for a node. */
final class NioListener implements Listener, Selected {
    private static final int ACCEPTS_A_TURN = 64;

    private final NioNode node;
    private final BoundSocket bound;
    private final ConnectionHandler handler;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private @Nullable SelectionKey key; // written once, before the node knows the listener
    private boolean isQueued; // by the driving thread
    private long awayUntilNs; // by the driving thread

    NioListener(final NioNode node, final BoundSocket bound, final ConnectionHandler handler) {
        this.node = node;
        this.bound = bound;
        this.handler = handler;
    }

    void registered(final SelectionKey selectionKey) {
        key = selectionKey;
    }

    ConnectionHandler handler() {
        return handler;
    }

    void onRejected() {
        rejected.incrementAndGet();
    }

    @Override
    public int serve(final int limit) {
        int count = 0;
        try {
            while (count < ACCEPTS_A_TURN) {
                final SocketChannel peer = bound.channel().accept();
                if (peer == null) {
                    break;
                }
                count++;
                accepted.incrementAndGet();
                node.accepted(peer, this);
            }
        } catch (final ClosedChannelException e) {
            // Closed by another thread: nothing more to accept.
            return count;
        } catch (final IOException e) {
            // Out of descriptors, as a rule: the waiting peer would be named by each select, so look away for a while.
            node.acceptFailed(this, SocketErrors.failed("accept at " + address().text(), e));
        }
        return count;
    }

    /** Has the selector not name it for now. By the driving thread, as the next two. */
    void lookAway(final long untilNs) {
        awayUntilNs = untilNs;
        setInterest(0);
    }

    long awayUntilNs() {
        return awayUntilNs;
    }

    void lookAgain() {
        setInterest(SelectionKey.OP_ACCEPT);
    }

    private void setInterest(final int operations) {
        final SelectionKey registered = key;
        if (registered == null) {
            return;
        }
        try {
            registered.interestOps(operations);
        } catch (final CancelledKeyException e) {
            return; // closed by another thread meanwhile: nothing more to accept
        }
    }

    @Override
    public boolean enqueue() {
        final boolean wasQueued = isQueued;
        isQueued = true;
        return !wasQueued;
    }

    @Override
    public void dequeued() {
        isQueued = false;
    }

    @Override
    public Address address() {
        return bound.address();
    }

    @Override
    public Driving driving() {
        return node.stack().driving();
    }

    @Override
    public long acceptedCount() {
        return accepted.get();
    }

    @Override
    public long rejectedCount() {
        return rejected.get();
    }

    @Override
    public void close() {
        if (closeChannel()) {
            node.forget(this);
        }
    }

    /**
     * Closes the socket and takes away what it leaves behind.
     *
     * @return false if that was done before.
     */
    boolean closeChannel() {
        if (!isClosed.compareAndSet(false, true)) {
            return false;
        }
        try {
            bound.close();
        } catch (final IOException e) {
            node.context()
                    .errors()
                    .onError(SocketErrors.failed(
                            "close the listener at " + address().text(), e));
        }
        return true;
    }
}
