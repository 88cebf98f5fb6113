package io.fizeau.transports.nio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The connections of a node that are not open yet, and have only so long for it. By the driving thread. */
final class Opening {
    private static final long EXPIRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final List<NioConnection> connections = new ArrayList<>();
    private int connecting;
    private long lastExpiryNs = System.nanoTime() - EXPIRY_INTERVAL_NS;

    void add(final NioConnection connection) {
        connections.add(connection);
        if (connection.isConnecting()) {
            connecting++;
        }
    }

    void opened(final NioConnection connection) {
        if (connection.isConnecting()) {
            connecting--;
        }
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Whether a connection that was asked for here is under way, as far as was known at the last expiry. */
    boolean hasConnecting() {
        return connecting > 0;
    }

    /** Ends those whose time is over, and forgets those that are open or closed. */
    void expire(final long nowNs) {
        if (connections.isEmpty() || nowNs - lastExpiryNs < EXPIRY_INTERVAL_NS) {
            return;
        }
        lastExpiryNs = nowNs;
        connecting = 0;
        for (int i = connections.size() - 1; i >= 0; i--) {
            final NioConnection connection = connections.get(i);
            if (connection.expire(nowNs)) {
                connections.set(i, connections.get(connections.size() - 1));
                connections.remove(connections.size() - 1);
            } else if (connection.isConnecting()) {
                connecting++;
            }
        }
    }
}
