package io.fizeau.transports.tcpblocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Accepts connections on a thread of its own, and gives each a thread. */
final class TcpBlockingListener implements Listener {
    private static final int EXPIRY_MS = 100;
    private static final long PAUSE_NS = 100_000_000;

    private final TcpBlockingNode node;
    private final ServerSocket socket;
    private final HostPort address;
    private final ConnectionHandler handler;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final List<TcpBlockingConnection> opening = new ArrayList<>(); // by the accepting thread
    private @Nullable Thread thread; // written once, before anybody else knows the listener

    TcpBlockingListener(
            final TcpBlockingNode node,
            final ServerSocket socket,
            final HostPort address,
            final ConnectionHandler handler) {
        this.node = node;
        this.socket = socket;
        this.address = address;
        this.handler = handler;
    }

    /** Accepts until it is closed. The whole life of the accepting thread. */
    void run() {
        while (!socket.isClosed()) {
            try {
                // Only while peers have yet to introduce themselves does the wait end by itself.
                socket.setSoTimeout(opening.isEmpty() ? 0 : EXPIRY_MS);
                final Socket peer = socket.accept();
                accepted.incrementAndGet();
                node.accepted(peer, this, opening);
            } catch (final SocketTimeoutException e) {
                expireOpening();
            } catch (final IOException e) {
                onFailed(e);
            }
            if (opening.size() > 1) {
                expireOpening();
            }
        }
    }

    private void expireOpening() {
        final long nowNs = System.nanoTime();
        opening.removeIf(connection -> connection.expire(nowNs));
    }

    private void onFailed(final IOException e) {
        if (!socket.isClosed()) {
            // Out of descriptors, as a rule: the waiting peer stays, so look away for a while.
            node.context().errors().onError(SocketErrors.failed("accept at " + address.text(), e));
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
        return address;
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
            socket.close();
        } catch (final IOException e) {
            node.context().errors().onError(SocketErrors.failed("close the listener at " + address.text(), e));
        }
        node.forget(this);
        final Thread accepting = thread;
        if (accepting != null) {
            // As long as it is inside accept, the kernel keeps the port.
            node.join(accepting);
        }
    }
}
