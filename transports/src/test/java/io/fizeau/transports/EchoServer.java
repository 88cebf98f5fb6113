package io.fizeau.transports;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A node that echoes what it gets, polled by a thread of this class where the transport leaves that to the caller. */
public final class EchoServer implements ConnectionHandler, AutoCloseable {
    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final Node node;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "echo-server");
    private volatile boolean isOver;

    /**
     * Listens at a free loopback address.
     *
     * @param spec the transport.
     */
    public EchoServer(final String spec) {
        this(spec, Transports.installed().resolve(spec).loopbackAddress());
    }

    /**
     * Listens at an address.
     *
     * @param spec the transport.
     * @param address where.
     */
    public EchoServer(final String spec, final Address address) {
        node = Transports.installed().resolve(spec).open(NodeContext.named("server", errors::add));
        listener = node.listen(address, this);
        thread.start();
    }

    /** Where to connect to. */
    public Address address() {
        return listener.address();
    }

    /** The listener's counts. */
    public Listener listener() {
        return listener;
    }

    /** Why its connections closed, in order. */
    public Queue<CloseReason> ends() {
        return ends;
    }

    /** What its error handler was told. */
    public Queue<Throwable> errors() {
        return errors;
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        if (connection.send(buffer, offset, length) == SendStatus.BACK_PRESSURED) {
            return Delivery.RETRY;
        }
        connection.flush();
        return Delivery.CONSUMED;
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        ends.add(reason);
    }

    private void run() {
        final IdleStrategy idle = new YieldingIdleStrategy();
        while (!isOver && listener.driving() == Driving.CALLER) {
            idle.idle(node.poll(64));
        }
    }

    @Override
    public void close() {
        isOver = true;
        node.close();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
