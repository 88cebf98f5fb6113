package io.fizeau.transports.kit;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Layer;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import org.agrona.DirectBuffer;

/** A fault: keeps from the handlers that the peer has gone. Not registered; a test packs it as a plug-in. */
public final class DeafLayer implements Layer {
    /** Found by the service loader. */
    public DeafLayer() {}

    @Override
    public String name() {
        return "deaf";
    }

    @Override
    public String description() {
        return "does not tell that the peer has gone";
    }

    @Override
    public Guarantees guarantees(final Settings settings, final Guarantees below) {
        return below;
    }

    @Override
    public Node wrap(final Settings settings, final Guarantees promised, final Node below, final NodeContext context) {
        return new Node() {
            @Override
            public Listener listen(final Address address, final ConnectionHandler handler) {
                return below.listen(address, new DeafHandler(handler));
            }

            @Override
            public Connection connect(final Address address, final ConnectionHandler handler) {
                return below.connect(address, new DeafHandler(handler));
            }

            @Override
            public int poll(final int limit) {
                return below.poll(limit);
            }

            @Override
            public void close() {
                below.close();
            }
        };
    }

    private record DeafHandler(ConnectionHandler handler) implements ConnectionHandler {
        @Override
        public void onOpen(final Connection connection) {
            handler.onOpen(connection);
        }

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            return handler.onMessage(connection, buffer, offset, length);
        }

        @Override
        public void onClosed(final Connection connection, final CloseReason reason) {
            if (reason != CloseReason.PEER_LOST && reason != CloseReason.PEER_CLOSED) {
                handler.onClosed(connection, reason);
            }
        }
    }
}
