package io.fizeau.transports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One connection to an {@link EchoServer}, driven by the thread that uses it. */
public final class EchoClient implements ConnectionHandler, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final Node node;
    private final Connection connection;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[1 << 20]);
    private volatile long answers;
    private volatile @Nullable CloseReason end;
    private int number;

    /**
     * Connects.
     *
     * @param spec the transport.
     * @param address where to.
     */
    public EchoClient(final String spec, final Address address) {
        node = Transports.installed().resolve(spec).open(NodeContext.named("client", errors::add));
        connection = node.connect(address, this);
    }

    /** Waits until it is open. */
    public EchoClient opened() {
        Connections.awaitOpen(node, connection, PATIENCE);
        return this;
    }

    /**
     * Sends a message and waits for its echo.
     *
     * @param length its length, at least 4.
     */
    public void roundTrip(final int length) {
        message.putInt(0, ++number);
        final long expected = answers + 1;
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        SendStatus status = connection.send(message, 0, length);
        while (status == SendStatus.BACK_PRESSURED && System.nanoTime() - deadlineNs < 0) {
            status = connection.send(message, 0, length);
        }
        assertThat(status).isEqualTo(SendStatus.ACCEPTED);
        while (connection.flush() == SendStatus.BACK_PRESSURED && System.nanoTime() - deadlineNs < 0) {
            connection.poll(1);
        }
        while (answers < expected && System.nanoTime() - deadlineNs < 0) {
            connection.poll(1);
        }
        assertThat(answers).isEqualTo(expected);
    }

    /** Waits for the end, and tells why. */
    public @Nullable CloseReason awaitEnd() {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (end == null && System.nanoTime() - deadlineNs < 0) {
            node.poll(1);
            connection.poll(1);
        }
        return end;
    }

    /** The connection under test. */
    public Connection connection() {
        return connection;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        if (buffer.getInt(offset) != number) {
            throw new IllegalStateException("echo " + buffer.getInt(offset) + " of message " + number);
        }
        answers++;
        return Delivery.CONSUMED;
    }

    @Override
    public void onClosed(final Connection from, final CloseReason reason) {
        end = reason;
    }

    @Override
    public void close() {
        node.close();
        assertThat(errors).isEmpty();
    }
}
