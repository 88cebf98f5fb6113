package io.fizeau.transports.http;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.http.protocol.ConnectingEnd;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.server.HttpListener;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.tls.context.TlsContexts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One end: Jetty servers for what listens here, and one client for what connects from here, which is made when it is needed. Listening
 * and closing may be done by any thread, the rest as the client says.
 */
final class HttpNode implements Node {
    private final HttpOptions options;
    private final @Nullable TlsContexts tls;
    private final NodeContext context;
    private final Supplier<ConnectingEnd> newClient;
    private final Object guard = new Object();
    private final Set<HttpListener> listeners = new HashSet<>(); // under the guard
    private volatile @Nullable ConnectingEnd client; // under the guard
    private volatile boolean isClosed; // under the guard

    HttpNode(
            final HttpOptions options,
            final @Nullable TlsContexts tls,
            final NodeContext context,
            final Supplier<ConnectingEnd> newClient) {
        this.options = options;
        this.tls = tls;
        this.context = context;
        this.newClient = newClient;
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort(options.transport(), address);
        requireOpen();
        final HttpListener listener = HttpListener.listen(wanted, handler, options, tls, context);
        synchronized (guard) {
            if (!isClosed) {
                listeners.add(listener);
                return listener;
            }
        }
        listener.end();
        throw SocketErrors.nodeClosed(context.name());
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        return client().connect(SocketErrors.requireHostPort(options.transport(), address), handler);
    }

    private ConnectingEnd client() {
        synchronized (guard) {
            requireOpen();
            ConnectingEnd made = client;
            if (made == null) {
                made = newClient.get();
                client = made;
            }
            return made;
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw SocketErrors.nodeClosed(context.name());
        }
    }

    @Override
    public int poll(final int limit) {
        final ConnectingEnd polled = client;
        return polled == null || isClosed ? 0 : polled.poll(limit);
    }

    @Override
    public void close() {
        final List<HttpListener> all;
        final ConnectingEnd last;
        synchronized (guard) {
            isClosed = true;
            all = List.copyOf(listeners);
            listeners.clear();
            last = client;
        }
        if (last != null) {
            last.close();
        }
        all.forEach(HttpListener::end);
    }
}
