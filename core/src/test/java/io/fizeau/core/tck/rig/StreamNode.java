package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;

/**
 * A node whose transport does not keep the boundaries of messages, with boundaries of the kit's own: so that everything else that
 * is promised can be checked by the same tests. What goes over the transport is a length and a message, time and again.
 */
final class StreamNode implements Node {
    private final Node below;

    StreamNode(final Node below) {
        this.below = below;
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        return below.listen(address, new AcceptedStreams(handler));
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final StreamConnection connection = new StreamConnection(handler);
        connection.bind(below.connect(address, connection));
        return connection;
    }

    @Override
    public int poll(final int limit) {
        return below.poll(limit);
    }

    @Override
    public void close() {
        below.close();
    }
}
