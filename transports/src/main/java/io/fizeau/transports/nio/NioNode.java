package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.loop.OwnDriving;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One selector, one receive buffer, one thread for all connections. {@link #close()} and what ends a connection or a listener may
 * come from any thread; the rest belongs to the driving one.
 *
 * <p>A transport of this family makes a {@link NioStack} of its parts and opens its node by {@link #open}.
 */
public final class NioNode implements Node {
    private static final int SHARED_BYTES = 256 << 10;
    private static final long SELECT_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long SLEEP_MS = 100;
    private static final long OPENING_SLEEP_MS = 10;
    private static final long RETRY_SLEEP_MS = 1;
    private static final int BUSY_POLLS_MASK = 15;

    private final NioStack stack;
    private final NodeContext context;
    private final Selector selector;
    private final long tickNs;
    private final long sleepMs;
    private final ReceiveBuffer shared = ReceiveBuffer.direct(SHARED_BYTES);
    private final Consumer<SelectionKey> onSelected = this::onSelected;
    private final Turns turns = new Turns();
    private final Roster roster;
    private final Opening opening = new Opening();
    private final AcceptPauses acceptPauses = new AcceptPauses();

    private @Nullable Thread drivingThread; // by that thread, and of use to it only
    private boolean isPolling; // as above
    private boolean isFreeDue; // as above
    private int lastWork;
    private int polls;
    private long lastSelectNs;
    private long lastTickNs;

    private NioNode(final NioStack stack, final NodeContext context, final Selector selector) {
        this.stack = stack;
        this.context = context;
        this.selector = selector;
        this.tickNs = stack.framing().tickNs();
        this.sleepMs = tickNs > 0 ? Math.max(1, Math.min(SLEEP_MS, TimeUnit.NANOSECONDS.toMillis(tickNs))) : SLEEP_MS;
        this.roster = new Roster(stack.waiting() == Wait.READ ? Wait.DIRECT_READS : 0, context.name());
        this.lastSelectNs = System.nanoTime() - SELECT_INTERVAL_NS;
        this.lastTickNs = lastSelectNs;
    }

    /**
     * Opens a node, and starts its thread if it drives itself.
     *
     * @param stack what it is made of.
     * @param idle how its own thread waits when there is nothing to do, unless it sleeps in the selector.
     * @param context its name, where its thread comes from and where its errors go.
     * @return the node, which the caller closes.
     * @throws TransportException if the system has no selector left.
     */
    public static Node open(final NioStack stack, final IdleStrategy idle, final NodeContext context) {
        final NioNode node;
        try {
            node = new NioNode(stack, context, Selector.open());
        } catch (final IOException e) {
            throw SocketErrors.failed("open a selector", e);
        }
        if (stack.driving() == Driving.CALLER) {
            return node;
        }
        // A node that sleeps in its selector needs no idling on top.
        return OwnDriving.start(
                node, node::wakeup, stack.waiting() == Wait.SELECT ? NoOpIdleStrategy.INSTANCE : idle, context);
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        requireOpen();
        final BoundSocket bound = stack.family().bind(address);
        final NioListener listener = new NioListener(this, bound, handler);
        try {
            bound.channel().configureBlocking(false);
            roster.add(
                    listener,
                    () -> listener.registered(bound.channel().register(selector, SelectionKey.OP_ACCEPT, listener)));
            return listener;
        } catch (final IOException e) {
            listener.closeChannel();
            throw SocketErrors.failed("listen at " + bound.address().text(), e);
        } catch (final TransportException e) {
            listener.closeChannel();
            throw e;
        }
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final SocketAddress socketAddress = stack.family().resolve(address);
        SocketChannel socket = null;
        final NioConnection connection;
        try {
            socket = stack.family().open();
            connection = register(socket, SelectionKey.OP_CONNECT, address, handler, null);
        } catch (final IOException e) {
            closeQuietly(socket);
            throw SocketErrors.failed("open a socket to " + address.text(), e);
        } catch (final TransportException e) {
            closeQuietly(socket);
            throw e;
        }
        opening.add(connection);
        try {
            if (socket.connect(socketAddress)) {
                queue(connection, false);
            }
        } catch (final IOException e) {
            // Refused at once. The channel is closed now, and the connection finds out in its turn, not inside this
            // call.
            queue(connection, false);
        }
        return connection;
    }

    @Override
    public int poll(final int limit) {
        if (roster.isClosed()) {
            return 0;
        }
        if (drivingThread == null) {
            drivingThread = Thread.currentThread();
        }
        isPolling = true;
        final int work = serve(limit);
        isPolling = false;
        if (isFreeDue) {
            isFreeDue = false;
            freeCancelled();
        }
        polls = (polls + 1) & Integer.MAX_VALUE;
        lastWork = work;
        return work;
    }

    private int serve(final int limit) {
        final NioConnection[] few = roster.direct();
        int work = 0;
        if (few.length == 0 || isSelectDue()) {
            select();
            work = turns.serve(limit);
        }
        for (int i = 0; i < few.length && work < limit; i++) {
            // Starting with another one each time: none is starved by a small limit.
            work += few[few.length == 1 ? 0 : (polls + i) % few.length].work(limit - work);
        }
        return work;
    }

    /** The clock is read when there is time for it: after a poll that found nothing, and after a number of others. */
    private boolean isSelectDue() {
        if (opening.hasConnecting()) {
            return true;
        }
        if (lastWork > 0 && (polls & BUSY_POLLS_MASK) != 0) {
            return false;
        }
        return System.nanoTime() - lastSelectNs >= SELECT_INTERVAL_NS;
    }

    /** Asks the selector what there is to do, and queues it. Sleeps if the node is one that does, and nothing is queued. */
    void select() {
        try {
            if (stack.waiting() == Wait.SELECT && !turns.hasReady()) {
                final long mostMs = opening.isEmpty() ? sleepMs : Math.min(sleepMs, OPENING_SLEEP_MS);
                selector.select(onSelected, turns.hasRetries() ? RETRY_SLEEP_MS : mostMs);
            } else {
                selector.selectNow(onSelected);
            }
        } catch (final IOException e) {
            context.errors().onError(SocketErrors.failed("select", e));
        } catch (final ClosedSelectorException e) {
            return; // the node was closed by another thread
        }
        final long nowNs = System.nanoTime();
        lastSelectNs = nowNs;
        opening.expire(nowNs);
        if (tickNs > 0 && nowNs - lastTickNs >= tickNs) {
            lastTickNs = nowNs;
            roster.open().forEach(connection -> connection.tick(nowNs));
        }
        acceptPauses.end(nowNs);
    }

    private void onSelected(final SelectionKey key) {
        final Selected selected = (Selected) key.attachment();
        if (selected instanceof NioConnection connection) {
            connection.named();
        }
        queue(selected, false);
    }

    void queue(final Selected selected, final boolean isAgain) {
        turns.queue(selected, isAgain);
    }

    void unqueue(final Selected selected) {
        turns.unqueue(selected);
    }

    void accepted(final SocketChannel socket, final NioListener listener) {
        try {
            final Address peer = stack.family().peerOf(socket, listener.address());
            stack.family().configure(socket);
            final NioConnection connection = register(socket, SelectionKey.OP_READ, peer, listener.handler(), listener);
            opening.add(connection);
            // Its first bytes may have come already.
            queue(connection, false);
        } catch (final IOException e) {
            // As a rule the peer has gone again.
            closeQuietly(socket);
            context.errors()
                    .onError(SocketErrors.failed(
                            "take a connection at " + listener.address().text(), e));
        } catch (final TransportException e) {
            closeQuietly(socket); // the node was closed by another thread
        } catch (final OutOfMemoryError e) {
            closeQuietly(socket);
            context.errors()
                    .onError(SocketErrors.noMemory(
                            stack.transport(), "a peer at " + listener.address().text(), e));
        }
    }

    void acceptFailed(final NioListener listener, final TransportException failure) {
        acceptPauses.begin(listener, System.nanoTime());
        context.errors().onError(failure);
    }

    private NioConnection register(
            final SocketChannel socket,
            final int operation,
            final Address remote,
            final ConnectionHandler handler,
            final @Nullable NioListener listener)
            throws IOException {
        socket.configureBlocking(false);
        final ConnectionChannel channel = stack.channels().channel(socket, remote, listener != null);
        final NioConnection connection = new NioConnection(this, socket, channel, remote, handler, listener);
        roster.add(connection, () -> connection.registered(socket.register(selector, operation, connection)));
        return connection;
    }

    /** Reads a connection directly from now on, as long as there are few. By the driving thread. */
    void opened(final NioConnection connection) {
        opening.opened(connection);
        // What waits in those that are not read directly any more is served by the queue from now on.
        roster.opened(connection).forEach(each -> queue(each, false));
    }

    void forget(final NioConnection connection) {
        roster.remove(connection);
        free();
    }

    void forget(final NioListener listener) {
        roster.remove(listener);
        free();
    }

    /** At the end of a poll for all that it closes: with thousands of connections, a select for each would take seconds. */
    private void free() {
        if (Thread.currentThread() == drivingThread && isPolling) {
            isFreeDue = true;
        } else {
            freeCancelled();
        }
    }

    /** Until its key leaves the selector, a closed socket keeps its descriptor, and a listener its port. */
    private void freeCancelled() {
        if (roster.isClosed()) {
            return;
        }
        try {
            wakeup();
            selector.selectNow(ignored -> {});
        } catch (final IOException e) {
            context.errors().onError(SocketErrors.failed("select", e));
        } catch (final ClosedSelectorException e) {
            return; // closed by another thread, which frees everything
        }
    }

    void wakeup() {
        if (stack.waiting() == Wait.SELECT) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        if (!roster.close()) {
            return;
        }
        roster.listeners().forEach(NioListener::closeChannel);
        roster.connections().forEach(NioConnection::close);
        try {
            selector.close();
        } catch (final IOException e) {
            context.errors().onError(SocketErrors.failed("close the selector", e));
        }
    }

    /** Whether a node with a thread of its own is called by it, from a callback. */
    boolean isDrivenByThisThread() {
        return Thread.currentThread() == drivingThread;
    }

    NioStack stack() {
        return stack;
    }

    NodeContext context() {
        return context;
    }

    ReceiveBuffer sharedBuffer() {
        return shared;
    }

    private void requireOpen() {
        if (roster.isClosed()) {
            throw SocketErrors.nodeClosed(context.name());
        }
    }

    private void closeQuietly(final @Nullable SocketChannel socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (final IOException e) {
            context.errors().onError(SocketErrors.failed("close a socket", e));
        }
    }
}
