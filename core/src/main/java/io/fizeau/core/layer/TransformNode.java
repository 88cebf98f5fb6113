package io.fizeau.core.layer;

import io.fizeau.core.address.Address;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;

/** Puts a {@link TransformConnection} around every connection of the node below. */
final class TransformNode implements Node {
    private final Node below;
    private final Wrapping wrapping;

    TransformNode(final Node below, final Wrapping wrapping) {
        this.below = below;
        this.wrapping = wrapping;
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final AcceptedHandler accepted = new AcceptedHandler(wrapping, handler);
        return new TransformListener(below.listen(address, accepted), accepted);
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final TransformConnection connection = new TransformConnection(wrapping, handler, null);
        connection.bind(below.connect(address, connection));
        return connection;
    }

    @Override
    public int poll(final int limit) {
        return wrapping.watch().poll() + below.poll(limit);
    }

    @Override
    public void close() {
        below.close();
        wrapping.watch().close();
    }
}
