package io.fizeau.core.tck.faulty;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/** One end's listeners and connections, and the thread that drives them if the caller does not. */
final class MemoryNode implements Node {
    private static final int POLL_LIMIT = 16;

    private final Map<String, MemoryListener> network;
    private final Fault fault;
    private final NodeContext context;
    private final Driving driving;
    private final Sends sends;
    private final boolean waits;
    private final Litter litter;
    private final List<MemoryListener> listeners = new CopyOnWriteArrayList<>();
    private final List<MemoryConnection> connections = new CopyOnWriteArrayList<>();
    private final List<MemoryConnection> closedConnections = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final UnsafeBuffer empty = new UnsafeBuffer(new byte[0]);
    private final @Nullable Thread thread;

    MemoryNode(
            final Map<String, MemoryListener> network,
            final Fault fault,
            final NodeContext context,
            final Driving driving,
            final Sends sends,
            final boolean waits) {
        this.network = network;
        this.fault = fault;
        this.context = context;
        this.driving = driving;
        this.sends = sends;
        this.waits = waits;
        this.litter = Litter.of(fault, context);
        this.thread = driving == Driving.OWN ? context.threads().newThread(this::run) : null;
        if (thread != null) {
            thread.start();
        }
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final Port port = address instanceof HostPort hostPort ? Port.open(hostPort, fault, context) : null;
        final Address taken = port == null ? address : port.address();
        final MemoryListener listener = new MemoryListener(this, taken, handler, port);
        if (network.putIfAbsent(taken.text(), listener) != null) {
            if (fault != Fault.STEAL_ADDRESS) {
                throw new TransportException(
                        TransportException.NextStep.RETRY, "address " + address.text() + " is taken: choose another");
            }
            network.put(taken.text(), listener);
        }
        listeners.add(listener);
        return listener;
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final MemoryConnection connection = new MemoryConnection(this, handler, address, newRing(), newRing(), null);
        final MemoryListener listener = network.get(address.text());
        if ((listener == null || !listener.enqueue(connection)) && fault != Fault.CONNECT_FOR_EVER) {
            connection.refuse();
        }
        connections.add(connection);
        return connection;
    }

    @Override
    public int poll(final int limit) {
        return driving == Driving.OWN || isClosed.get() ? 0 : drive(limit);
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        if (fault != Fault.KEEP_ADDRESS) {
            listeners.forEach(MemoryListener::close);
        }
        if (fault != Fault.FORGET_CONNECTIONS_AT_CLOSE) {
            closeConnections();
        }
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (fault != Fault.FORGET_CONNECTIONS_AT_CLOSE) {
            closeConnections(); // what the thread accepted last
        }
        if (fault == Fault.REPORT_CLOSE_TWICE) {
            closedConnections.forEach(MemoryConnection::reportAgain);
        }
        litter.clean();
    }

    Driving driving() {
        return driving;
    }

    Sends sends() {
        return sends;
    }

    boolean waits() {
        return waits;
    }

    boolean isClosed() {
        return isClosed.get();
    }

    Fault fault() {
        return fault;
    }

    boolean has(final Fault which) {
        return fault == which;
    }

    UnsafeBuffer emptyBuffer() {
        return empty;
    }

    void tell(final Throwable error) {
        context.errors().onError(error);
    }

    void forget(final MemoryListener listener) {
        network.remove(listener.address().text(), listener);
        listeners.remove(listener);
        if (fault == Fault.CLOSE_ALL_WITH_LISTENER) {
            closeConnections();
        }
    }

    void closeConnections() {
        for (final MemoryConnection connection : connections) {
            connection.close(CloseReason.LOCAL);
        }
    }

    MemoryConnection anyOther(final MemoryConnection connection) {
        final MemoryConnection first = connections.get(0);
        return first == connection ? connections.get(connections.size() - 1) : first;
    }

    private void run() {
        final IdleStrategy idle = Idle.BACKOFF.newStrategy();
        while (!isClosed.get()) {
            idle.idle(drive(POLL_LIMIT));
        }
    }

    private int drive(final int limit) {
        int work = 0;
        for (int i = 0; i < listeners.size(); i++) {
            work += accept(listeners.get(i));
        }
        int messages = 0;
        for (int i = 0; i < connections.size(); i++) {
            final MemoryConnection connection = connections.get(i);
            if (connection.isOver()) {
                connections.remove(connection);
                closedConnections.add(connection);
            } else if (!waits || driving == Driving.OWN) {
                messages += messages < limit ? connection.deliver(limit - messages) : 0;
            }
            work += connection.advance();
        }
        return work + messages;
    }

    private int accept(final MemoryListener listener) {
        int count = 0;
        MemoryConnection connecting = listener.nextWaiting();
        while (connecting != null) {
            connections.add(connecting.acceptAt(this, listener.handler()));
            count++;
            connecting = listener.nextWaiting();
        }
        return count;
    }

    private static OneToOneRingBuffer newRing() {
        final int bytes = 8 * MemoryTransport.MAX_MESSAGE_BYTES + RingBufferDescriptor.TRAILER_LENGTH;
        return new OneToOneRingBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(bytes)));
    }
}
