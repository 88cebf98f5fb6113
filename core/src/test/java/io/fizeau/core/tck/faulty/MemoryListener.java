package io.fizeau.core.tck.faulty;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A name in the network, and who waits to be accepted there. */
final class MemoryListener implements Listener {
    private final MemoryNode node;
    private final Address address;
    private final ConnectionHandler handler;
    private final @Nullable Port port;
    private final AtomicLong accepted = new AtomicLong();
    private final Queue<MemoryConnection> waiting = new ArrayDeque<>(); // under the lock of this
    private volatile boolean isClosed; // under the lock of this

    MemoryListener(
            final MemoryNode node, final Address address, final ConnectionHandler handler, final @Nullable Port port) {
        this.port = port;
        this.node = node;
        this.address = address;
        this.handler = handler;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public long acceptedCount() {
        return accepted.get();
    }

    @Override
    public long rejectedCount() {
        return port == null ? 0 : port.rejectedCount();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                if (node.has(Fault.CLOSE_ONCE_ONLY)) {
                    throw new IllegalStateException("closed already");
                }
                return;
            }
            isClosed = true;
            waiting.forEach(MemoryConnection::refuse);
            waiting.clear();
        }
        if (port != null) {
            port.close();
        }
        node.forget(this);
    }

    ConnectionHandler handler() {
        return handler;
    }

    synchronized boolean enqueue(final MemoryConnection connecting) {
        return !isClosed && waiting.add(connecting);
    }

    @Nullable
    MemoryConnection nextWaiting() {
        if (isClosed) {
            return null;
        }
        synchronized (this) {
            final MemoryConnection next = waiting.poll();
            if (next != null) {
                accepted.incrementAndGet();
            }
            return next;
        }
    }
}
