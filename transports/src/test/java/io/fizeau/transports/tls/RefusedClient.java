package io.fizeau.transports.tls;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client that somebody will not have, one way or the other, driven by the thread that uses it. */
public final class RefusedClient implements ConnectionHandler, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private final Node node;
    private final Connection connection;
    private volatile long messages; // by the delivering thread

    public RefusedClient(final String spec, final Address address) {
        node = Transports.installed().resolve(spec).open(NodeContext.named("client", errors::add));
        connection = node.connect(address, this);
    }

    RefusedClient opened() {
        Connections.awaitOpen(node, connection, PATIENCE);
        return this;
    }

    void awaitMessage() {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (messages == 0 && System.nanoTime() - deadlineNs < 0) {
            connection.poll(1);
        }
    }

    /** Waits for the end, and tells why. */
    public CloseReason awaitEnd() {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (connection.state() != ConnectionState.CLOSED && System.nanoTime() - deadlineNs < 0) {
            node.poll(1);
            connection.poll(1);
        }
        return connection.closeReason();
    }

    /** Sends a message and leaves it at that. */
    void send() {
        connection.send(message, 0, message.capacity());
        connection.flush();
    }

    /** What its error handler was told, a line each. */
    public List<String> complaints() {
        return errors.stream().map(Throwable::getMessage).toList();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        messages++;
        return Delivery.CONSUMED;
    }

    @Override
    public void close() {
        node.close();
    }
}
