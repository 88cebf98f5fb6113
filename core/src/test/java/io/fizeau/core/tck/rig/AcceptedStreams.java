package io.fizeau.core.tck.rig;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import java.util.Objects;
import org.agrona.DirectBuffer;

/** Puts a {@link StreamConnection} around every connection that is accepted. */
final class AcceptedStreams implements ConnectionHandler {
    private final ConnectionHandler handler;

    AcceptedStreams(final ConnectionHandler handler) {
        this.handler = handler;
    }

    @Override
    public void onOpen(final Connection connection) {
        final StreamConnection stream = new StreamConnection(handler);
        connection.attach(stream);
        stream.onOpen(connection);
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        return of(connection).onMessage(connection, buffer, offset, length);
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        of(connection).onClosed(connection, reason);
    }

    private static StreamConnection of(final Connection connection) {
        return (StreamConnection) Objects.requireNonNull(connection.attachment(), "a callback came before onOpen");
    }
}
