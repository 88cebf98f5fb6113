package io.fizeau.transports.blocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Accepts connections on a thread of its own, and gives each a thread. */
final class BlockingListener implements Listener {
    private static final int EXPIRY_MS = 100;
    private static final long EXPIRY_NS = TimeUnit.MILLISECONDS.toNanos(EXPIRY_MS);
    private static final long PAUSE_NS = 100_000_000;

    private final BlockingNode node;
    private final Acceptor acceptor;
    private final ConnectionHandler handler;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final List<BlockingConnection> opening = new ArrayList<>(); // by the accepting thread
    private long sweptNs = System.nanoTime(); // by the accepting thread
    private @Nullable Thread thread; // written once, before anybody else knows the listener

    BlockingListener(final BlockingNode node, final Acceptor acceptor, final ConnectionHandler handler) {
        this.node = node;
        this.acceptor = acceptor;
        this.handler = handler;
    }

    /** Accepts until it is closed. The whole life of the accepting thread. */
    void run() {
        while (!acceptor.isClosed()) {
            try {
                // Only while peers have yet to introduce themselves does the wait end by itself.
                final BlockingStream peer = acceptor.accept(opening.isEmpty() ? 0 : EXPIRY_MS);
                if (peer != null) {
                    accepted.incrementAndGet();
                    node.accepted(peer, this, opening);
                }
            } catch (final IOException e) {
                onFailed(SocketErrors.failed("accept at " + address().text(), e));
            } catch (final TransportException e) {
                onFailed(e);
            }
            expireOpening();
        }
    }

    /** Now and then, so that a rush of peers is not gone through for each of them. */
    private void expireOpening() {
        final long nowNs = System.nanoTime();
        if (nowNs - sweptNs >= EXPIRY_NS) {
            sweptNs = nowNs;
            opening.removeIf(connection -> connection.expire(nowNs));
        }
    }

    private void onFailed(final TransportException e) {
        if (!acceptor.isClosed()) {
            // Out of descriptors or threads, as a rule: waiting peers stay, so look away for a while.
            node.context().errors().onError(e);
            LockSupport.parkNanos(this, PAUSE_NS);
        }
    }

    void runsOn(final Thread acceptingThread) {
        thread = acceptingThread;
    }

    ConnectionHandler handler() {
        return handler;
    }

    void onRejected() {
        rejected.incrementAndGet();
    }

    @Override
    public Address address() {
        return acceptor.address();
    }

    @Override
    public Driving driving() {
        return Driving.OWN;
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
        try {
            acceptor.close();
        } catch (final IOException e) {
            node.context()
                    .errors()
                    .onError(SocketErrors.failed(
                            "close the listener at " + address().text(), e));
        }
        node.forget(this);
        final Thread accepting = thread;
        if (accepting != null) {
            // As long as it is inside accept, the kernel keeps the port.
            node.join(accepting);
        }
    }
}
