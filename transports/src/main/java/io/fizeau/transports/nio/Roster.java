package io.fizeau.transports.nio;

import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a node has: its listeners and connections, and which of them are read directly. Thread-safe: what ends a connection or a
 * listener comes from any thread.
 */
final class Roster {
    private static final NioConnection[] NONE = {};

    private final int mostDirect;
    private final String node;
    private final Object guard = new Object();
    private final Set<NioConnection> connections = new HashSet<>(); // under the guard
    private final Set<NioListener> listeners = new HashSet<>(); // under the guard
    private final Set<NioConnection> open = new HashSet<>(); // under the guard

    private volatile NioConnection[] direct = NONE; // under the guard
    private volatile boolean isClosed; // under the guard

    /** What registers a socket with the selector, and throws as that does. */
    interface Registration {
        void register() throws IOException;
    }

    Roster(final int mostDirect, final String node) {
        this.mostDirect = mostDirect;
        this.node = node;
    }

    void add(final NioConnection connection, final Registration registration) throws IOException {
        synchronized (guard) {
            requireOpen();
            registration.register();
            connections.add(connection);
        }
    }

    void add(final NioListener listener, final Registration registration) throws IOException {
        synchronized (guard) {
            requireOpen();
            registration.register();
            listeners.add(listener);
        }
    }

    /** Reads a connection directly from now on, as long as there are few; gives those that have ceased to be read so. */
    List<NioConnection> opened(final NioConnection connection) {
        synchronized (guard) {
            if (!connections.contains(connection)) {
                return List.of(); // closed by another thread meanwhile
            }
            open.add(connection);
            final boolean wasDirect = direct.length > 0;
            regroup();
            return wasDirect && direct.length == 0 ? List.copyOf(open) : List.of();
        }
    }

    void remove(final NioConnection connection) {
        synchronized (guard) {
            connections.remove(connection);
            if (open.remove(connection)) {
                regroup();
            }
        }
    }

    void remove(final NioListener listener) {
        synchronized (guard) {
            listeners.remove(listener);
        }
    }

    private void regroup() {
        direct = open.size() <= mostDirect ? open.toArray(NONE) : NONE;
    }

    /** The connections that are read without asking the selector; not to be written to. */
    NioConnection[] direct() {
        return direct;
    }

    boolean isClosed() {
        return isClosed;
    }

    List<NioConnection> open() {
        synchronized (guard) {
            return List.copyOf(open);
        }
    }

    List<NioConnection> connections() {
        synchronized (guard) {
            return List.copyOf(connections);
        }
    }

    List<NioListener> listeners() {
        synchronized (guard) {
            return List.copyOf(listeners);
        }
    }

    /**
     * Takes nobody in from now on.
     *
     * @return false if it did so before.
     */
    boolean close() {
        synchronized (guard) {
            final boolean wasClosed = isClosed;
            isClosed = true;
            return !wasClosed;
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw SocketErrors.nodeClosed(node);
        }
    }
}
