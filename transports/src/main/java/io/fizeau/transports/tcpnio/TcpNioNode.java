package io.fizeau.transports.tcpnio;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One selector, one receive buffer, one thread for all connections. {@link #close()} and what ends a connection or a listener may
 * come from any thread; the rest belongs to the driving one.
 */
final class TcpNioNode implements Node {
    /** Up to this many connections are read without asking the selector: a select costs about as much as two reads. */
    static final int DIRECT_READS = 2;

    private static final int SHARED_BYTES = 256 << 10;
    private static final long SELECT_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long EXPIRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long ACCEPT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SLEEP_MS = 100;
    private static final long OPENING_SLEEP_MS = 10;
    private static final long RETRY_SLEEP_MS = 1;
    private static final int BUSY_POLLS_MASK = 15;
    private static final TcpNioConnection[] NONE = {};

    private final SocketOptions options;
    private final Wait wait;
    private final Driving driving;
    private final NodeContext context;
    private final Selector selector;
    private final byte[] introduction;
    private final ReceiveBuffer shared = ReceiveBuffer.direct(SHARED_BYTES);
    private final Consumer<SelectionKey> onSelected = this::onSelected;
    private final ArrayDeque<Selected> ready = new ArrayDeque<>();
    private final ArrayDeque<Selected> again = new ArrayDeque<>();
    private final List<TcpNioConnection> opening = new ArrayList<>();

    private final Object guard = new Object();
    private final Set<TcpNioConnection> connections = new HashSet<>(); // under the guard
    private final Set<TcpNioListener> listeners = new HashSet<>(); // under the guard
    private final List<TcpNioConnection> open = new ArrayList<>(); // under the guard

    private volatile TcpNioConnection[] direct = NONE; // under the guard
    private volatile boolean isClosed; // under the guard
    private @Nullable Thread drivingThread; // by that thread, and of use to it only
    private int connecting;
    private int lastWork;
    private int polls;
    private long lastSelectNs;
    private long lastExpiryNs;
    private @Nullable TcpNioListener paused;
    private long pausedNs;

    private TcpNioNode(
            final SocketOptions options,
            final Wait wait,
            final Driving driving,
            final NodeContext context,
            final Selector selector) {
        this.options = options;
        this.wait = wait;
        this.driving = driving;
        this.context = context;
        this.selector = selector;
        this.introduction = Framing.introduction(options.maxMessageBytes());
        this.lastSelectNs = System.nanoTime() - SELECT_INTERVAL_NS;
        this.lastExpiryNs = lastSelectNs;
    }

    static TcpNioNode open(
            final SocketOptions options, final Wait wait, final Driving driving, final NodeContext context) {
        try {
            return new TcpNioNode(options, wait, driving, context, Selector.open());
        } catch (final IOException e) {
            throw SocketErrors.failed("open a selector", e);
        }
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort("tcp-nio", address);
        final InetSocketAddress socketAddress = wanted.resolve();
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            options.applyReceiveBuffer(channel::setOption);
            channel.configureBlocking(false);
            channel.bind(socketAddress, options.backlog());
            final HostPort taken = HostPort.of((InetSocketAddress) channel.getLocalAddress());
            final TcpNioListener listener = new TcpNioListener(this, channel, taken, handler);
            synchronized (guard) {
                requireOpen();
                listener.registered(channel.register(selector, SelectionKey.OP_ACCEPT, listener));
                listeners.add(listener);
            }
            return listener;
        } catch (final IOException e) {
            closeQuietly(channel);
            throw SocketErrors.cannotListen(wanted, e);
        } catch (final TransportException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort("tcp-nio", address);
        final InetSocketAddress socketAddress = wanted.resolve();
        SocketChannel channel = null;
        final TcpNioConnection connection;
        try {
            channel = SocketChannel.open();
            connection = register(channel, SelectionKey.OP_CONNECT, wanted, handler, null);
        } catch (final IOException e) {
            closeQuietly(channel);
            throw SocketErrors.failed("open a socket to " + wanted.text(), e);
        } catch (final TransportException e) {
            closeQuietly(channel);
            throw e;
        }
        connecting++;
        opening.add(connection);
        try {
            if (channel.connect(socketAddress)) {
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
        if (isClosed) {
            return 0;
        }
        if (drivingThread == null) {
            drivingThread = Thread.currentThread();
        }
        final TcpNioConnection[] few = direct;
        int work = 0;
        if (few.length == 0 || isSelectDue()) {
            select();
            work = serveQueues(limit);
        }
        for (int i = 0; i < few.length && work < limit; i++) {
            // Starting with another one each time: none is starved by a small limit.
            work += few[few.length == 1 ? 0 : (polls + i) % few.length].work(limit - work);
        }
        polls = (polls + 1) & Integer.MAX_VALUE;
        lastWork = work;
        return work;
    }

    /** The clock is read when there is time for it: after a poll that found nothing, and after a number of others. */
    private boolean isSelectDue() {
        if (connecting > 0) {
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
            if (wait == Wait.SELECT && ready.isEmpty()) {
                final long sleepMs = opening.isEmpty() ? SLEEP_MS : OPENING_SLEEP_MS;
                selector.select(onSelected, again.isEmpty() ? sleepMs : RETRY_SLEEP_MS);
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
        if (!opening.isEmpty() && nowNs - lastExpiryNs >= EXPIRY_INTERVAL_NS) {
            lastExpiryNs = nowNs;
            expireOpening(nowNs);
        }
        if (paused != null && nowNs - pausedNs >= ACCEPT_PAUSE_NS) {
            paused.pause(false);
            paused = null;
        }
    }

    private void onSelected(final SelectionKey key) {
        final Selected selected = (Selected) key.attachment();
        if (selected instanceof TcpNioConnection connection) {
            connection.named();
        }
        queue(selected, false);
    }

    /** Queues what has to be served: in the next poll, or, if it is tried again, in one after a short sleep. */
    void queue(final Selected selected, final boolean isAgain) {
        if (selected.enqueue()) {
            (isAgain ? again : ready).add(selected);
        }
    }

    void unqueue(final Selected selected) {
        if (!ready.removeFirstOccurrence(selected)) {
            again.removeFirstOccurrence(selected);
        }
        selected.dequeued();
    }

    private int serveQueues(final int limit) {
        final int retries = again.size();
        final int work = serve(ready, ready.size(), limit);
        return work < limit ? work + serve(again, retries, limit - work) : work;
    }

    private static int serve(final ArrayDeque<Selected> queue, final int turns, final int limit) {
        int work = 0;
        for (int turn = 0; turn < turns && work < limit; turn++) {
            final Selected selected = queue.poll();
            if (selected == null) {
                break;
            }
            selected.dequeued();
            work += selected.serve(limit - work);
        }
        return work;
    }

    private void expireOpening(final long nowNs) {
        connecting = 0;
        for (int i = opening.size() - 1; i >= 0; i--) {
            final TcpNioConnection connection = opening.get(i);
            if (connection.expire(nowNs)) {
                opening.set(i, opening.get(opening.size() - 1));
                opening.remove(opening.size() - 1);
            } else if (connection.isConnecting()) {
                connecting++;
            }
        }
    }

    void accepted(final SocketChannel channel, final TcpNioListener listener) {
        try {
            final HostPort peer = HostPort.of((InetSocketAddress) channel.getRemoteAddress());
            final TcpNioConnection connection =
                    register(channel, SelectionKey.OP_READ, peer, listener.handler(), listener);
            opening.add(connection);
            // Its first bytes may have come already.
            queue(connection, false);
        } catch (final IOException e) {
            // As a rule the peer has gone again.
            closeQuietly(channel);
            context.errors()
                    .onError(SocketErrors.failed(
                            "take a connection at " + listener.address().text(), e));
        } catch (final TransportException e) {
            closeQuietly(channel); // the node was closed by another thread
        }
    }

    void acceptFailed(final TcpNioListener listener, final TransportException failure) {
        paused = listener;
        pausedNs = System.nanoTime();
        context.errors().onError(failure);
    }

    private TcpNioConnection register(
            final SocketChannel channel,
            final int operation,
            final HostPort remote,
            final ConnectionHandler handler,
            final @Nullable TcpNioListener listener)
            throws IOException {
        channel.configureBlocking(false);
        options.applyTo(channel::setOption, channel.supportedOptions());
        final TcpNioConnection connection = new TcpNioConnection(this, channel, remote, handler, listener);
        synchronized (guard) {
            requireOpen();
            connection.registered(channel.register(selector, operation, connection));
            connections.add(connection);
        }
        return connection;
    }

    /** Reads a connection directly from now on, as long as there are few. By the driving thread. */
    void opened(final TcpNioConnection connection) {
        if (connection.isConnecting()) {
            connecting--;
        }
        synchronized (guard) {
            if (!connections.contains(connection)) {
                return; // closed by another thread meanwhile
            }
            open.add(connection);
            final boolean wasDirect = direct.length > 0;
            regroup();
            if (wasDirect && direct.length == 0) {
                // What waits in them is served by the queue from now on.
                open.forEach(each -> queue(each, false));
            }
        }
    }

    void forget(final TcpNioConnection connection) {
        synchronized (guard) {
            connections.remove(connection);
            if (open.remove(connection)) {
                regroup();
            }
        }
        freeCancelled();
    }

    void forget(final TcpNioListener listener) {
        synchronized (guard) {
            listeners.remove(listener);
        }
        freeCancelled();
    }

    private void regroup() {
        direct = wait == Wait.READ && open.size() <= DIRECT_READS ? open.toArray(NONE) : NONE;
    }

    /** Until its key leaves the selector, a closed socket keeps its descriptor, and a listener its port. */
    private void freeCancelled() {
        if (isClosed) {
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
        if (wait == Wait.SELECT) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        final List<TcpNioConnection> allConnections;
        final List<TcpNioListener> allListeners;
        synchronized (guard) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            allConnections = List.copyOf(connections);
            allListeners = List.copyOf(listeners);
        }
        allListeners.forEach(TcpNioListener::closeChannel);
        allConnections.forEach(TcpNioConnection::close);
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

    boolean readsDirectly() {
        return wait == Wait.READ;
    }

    SocketOptions options() {
        return options;
    }

    Driving driving() {
        return driving;
    }

    NodeContext context() {
        return context;
    }

    byte[] introduction() {
        return introduction;
    }

    ReceiveBuffer sharedBuffer() {
        return shared;
    }

    private void requireOpen() {
        if (isClosed) {
            throw SocketErrors.nodeClosed(context.name());
        }
    }

    private void closeQuietly(final java.nio.channels.@Nullable Channel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (final IOException e) {
            context.errors().onError(SocketErrors.failed("close a socket", e));
        }
    }
}
