package io.fizeau.transports.inproc;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the rings of its connections, one after the other. What closes may come from any thread, the rest from one. */
final class InprocNode implements Node {
    private static final InprocConnection[] NO_CONNECTIONS = {};
    private static final InprocListener[] NO_LISTENERS = {};

    private final int maxMessageBytes;
    private final Driving driving;
    private final NodeContext context;
    private final ArrayDeque<Opening> opening = new ArrayDeque<>(); // by the driving thread

    private final Object guard = new Object();
    private final List<InprocConnection> connectionList = new ArrayList<>(); // under the guard
    private final List<InprocListener> listenerList = new ArrayList<>(); // under the guard

    private volatile InprocConnection[] connections = NO_CONNECTIONS; // under the guard
    private volatile InprocListener[] listeners = NO_LISTENERS; // under the guard
    private volatile boolean isClosed; // under the guard
    private int turn; // by the driving thread

    /** A connection from here that has not reported yet, and whether somebody listens at its other end. */
    private record Opening(InprocConnection connection, boolean isReachable) {}

    InprocNode(final int maxMessageBytes, final Driving driving, final NodeContext context) {
        this.maxMessageBytes = maxMessageBytes;
        this.driving = driving;
        this.context = context;
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final Channel channel = requireInproc(address);
        synchronized (guard) {
            requireOpen();
            final InprocListener listener = InprocListener.open(this, channel, handler);
            listenerList.add(listener);
            listeners = listenerList.toArray(NO_LISTENERS);
            return listener;
        }
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final Channel channel = requireInproc(address);
        requireOpen();
        final @Nullable InprocLink link = InprocListener.connect(channel, maxMessageBytes);
        final InprocConnection connection = new InprocConnection(
                this, link == null ? new InprocLink(channel, maxMessageBytes) : link, false, handler);
        if (!register(connection)) {
            connection.close();
            requireOpen();
        }
        opening.add(new Opening(connection, link != null));
        return connection;
    }

    void accepted(final InprocLink link, final ConnectionHandler handler) {
        final InprocConnection connection = new InprocConnection(this, link, true, handler);
        if (register(connection)) {
            connection.open();
        } else {
            connection.close();
        }
    }

    @Override
    public int poll(final int limit) {
        if (isClosed) {
            return 0;
        }
        int work = opening.isEmpty() ? 0 : finishOpening();
        for (final InprocListener listener : listeners) {
            work += listener.accept();
        }
        final InprocConnection[] all = connections;
        final int first = all.length > 1 ? turn++ & Integer.MAX_VALUE : 0;
        for (int i = 0; i < all.length && work < limit; i++) {
            // Starting with another one each time: none is starved by a small limit.
            final InprocConnection connection = all[all.length == 1 ? 0 : (first + i) % all.length];
            work += connection.receive(limit - work);
        }
        return work;
    }

    private int finishOpening() {
        int count = 0;
        Opening next = opening.poll();
        while (next != null) {
            count++;
            if (next.isReachable) {
                next.connection.open();
            } else {
                next.connection.refuse();
            }
            next = opening.poll();
        }
        return count;
    }

    private boolean register(final InprocConnection connection) {
        synchronized (guard) {
            if (!isClosed) {
                connectionList.add(connection);
                connections = connectionList.toArray(NO_CONNECTIONS);
            }
            return !isClosed;
        }
    }

    void forget(final InprocConnection connection) {
        synchronized (guard) {
            if (connectionList.remove(connection)) {
                connections = connectionList.toArray(NO_CONNECTIONS);
            }
        }
    }

    void forget(final InprocListener listener) {
        synchronized (guard) {
            if (listenerList.remove(listener)) {
                listeners = listenerList.toArray(NO_LISTENERS);
            }
        }
    }

    @Override
    public void close() {
        final InprocConnection[] allConnections;
        final InprocListener[] allListeners;
        synchronized (guard) {
            isClosed = true;
            allConnections = connections;
            allListeners = listeners;
        }
        for (final InprocListener listener : allListeners) {
            listener.close();
        }
        for (final InprocConnection connection : allConnections) {
            connection.close();
        }
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    Driving driving() {
        return driving;
    }

    NodeContext context() {
        return context;
    }

    private void requireOpen() {
        if (isClosed) {
            throw TransportException.badRequest("node " + context.name() + " is closed: open a new one");
        }
    }

    private static Channel requireInproc(final Address address) {
        if (address instanceof Channel channel && channel.uri().startsWith(InprocTransport.SCHEME)) {
            return channel;
        }
        throw TransportException.badRequest("address " + address.text() + " is not of the form that inproc uses: give "
                + "inproc:name#stream, for example inproc:orders#1");
    }
}
