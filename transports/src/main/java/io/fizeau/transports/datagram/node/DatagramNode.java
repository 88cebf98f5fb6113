package io.fizeau.transports.datagram.node;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.datagram.trace.NodeTraces;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sockets, a clock and one thread around sessions. {@link #close()} and what ends a connection or a listener may come from any thread;
 * sending on a connection too, from one at a time; the rest belongs to the driving one.
 */
final class DatagramNode implements Node, CountsDatagrams {
    private static final Set<DatagramNode> OPEN = ConcurrentHashMap.newKeySet();
    private static final DatagramConnection[] NONE = {};

    private final String transport;
    private final DatagramOptions options;
    private final Driving driving;
    private final NodeTraces traces;
    private final NodeContext context;
    private final SecureRandom random = new SecureRandom();
    private final DatagramLoop loop;
    private final NodeSockets sockets;

    private final Object guard = new Object();
    private final Set<DatagramConnection> connections = new LinkedHashSet<>(); // under the guard
    private volatile boolean isChanged; // under the guard: the connections are others than when they were last listed
    private volatile boolean isClosed; // under the guard
    private DatagramConnection[] listed = NONE; // by the driving thread

    DatagramNode(
            final String transport,
            final DatagramOptions options,
            final Driving driving,
            final NodeTraces traces,
            final NodeContext context) {
        this.transport = transport;
        this.options = options;
        this.driving = driving;
        this.traces = traces;
        this.context = context;
        this.sockets = new NodeSockets(context.errors());
        this.loop = new DatagramLoop(options.session().kind().fragments());
        OPEN.add(this);
    }

    static List<DatagramNode> allOpen() {
        return List.copyOf(OPEN);
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort(transport, address);
        final InetSocketAddress socketAddress = wanted.resolve();
        requireOpen();
        DatagramChannel channel = null;
        try {
            channel = open(socketAddress);
            channel.bind(socketAddress);
            final HostPort taken = HostPort.of((InetSocketAddress) channel.getLocalAddress());
            final ListeningSocket socket = new ListeningSocket(
                    this, channel, taken.text(), handler, options.session(), random, traces, context.errors());
            add(socket);
            return new DatagramListener(socket, taken, driving);
        } catch (final IOException e) {
            closeQuietly(channel);
            throw SocketErrors.cannotListen(wanted, e);
        }
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort(transport, address);
        final InetSocketAddress socketAddress = wanted.resolve();
        requireOpen();
        final DatagramChannel channel;
        try {
            channel = open(socketAddress);
        } catch (final IOException e) {
            throw SocketErrors.failed("open a socket to " + wanted.text(), e);
        }
        final ConnectingSocket socket = new ConnectingSocket(this, channel, wanted.text(), traces, context.errors());
        final DatagramConnection connection = new DatagramConnection(this, socket, wanted, handler, false);
        socket.serves(connection);
        socket.connect(socketAddress);
        socket.lock();
        try {
            final long nowNs = socket.nowNs();
            connection.onSession(Session.connect(
                    options.session(),
                    socketAddress,
                    new long[] {random.nextLong(), random.nextLong()},
                    socket,
                    connection,
                    socket.tools(),
                    nowNs));
            connection.noteDeadline(nowNs);
        } finally {
            socket.unlock();
        }
        add(socket);
        return connection;
    }

    private DatagramChannel open(final InetSocketAddress address) throws IOException {
        final DatagramChannel channel = DatagramChannel.open(
                address.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        try {
            options.applyTo(channel);
        } catch (final IOException e) {
            closeQuietly(channel);
            throw e;
        }
        return channel;
    }

    private void add(final NodeSocket socket) {
        if (!sockets.add(socket)) {
            socket.closeChannel();
            throw SocketErrors.nodeClosed(context.name());
        }
    }

    @Override
    public int poll(final int limit) {
        if (isClosed) {
            return 0;
        }
        loop.begin(limit, null);
        loop.deliverWaiting();
        sockets.receive(loop);
        loop.settle();
        final long nowNs = System.nanoTime();
        if (loop.isTime(nowNs)) {
            loop.onTime(list(), nowNs);
        }
        return loop.end();
    }

    private DatagramConnection[] list() {
        if (isChanged) {
            synchronized (guard) {
                isChanged = false;
                listed = connections.toArray(NONE);
            }
        }
        return listed;
    }

    /** A connection has a session now; false if the node is closed. */
    boolean add(final DatagramConnection connection) {
        synchronized (guard) {
            if (isClosed) {
                return false;
            }
            isChanged = true;
            return connections.add(connection);
        }
    }

    void forget(final DatagramConnection connection) {
        synchronized (guard) {
            isChanged = true;
            connections.remove(connection);
        }
    }

    void close(final NodeSocket socket) {
        sockets.close(socket);
    }

    @Override
    public void close() {
        final List<DatagramConnection> left;
        synchronized (guard) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            left = List.copyOf(connections);
        }
        left.forEach(DatagramConnection::close);
        sockets.closeAll();
        OPEN.remove(this);
        traces.close();
    }

    @Override
    public Map<String, Long> datagramCounters() {
        return sockets.counters();
    }

    String transport() {
        return transport;
    }

    DatagramOptions options() {
        return options;
    }

    Driving driving() {
        return driving;
    }

    NodeContext context() {
        return context;
    }

    DatagramLoop loop() {
        return loop;
    }

    private void requireOpen() {
        if (isClosed) {
            throw SocketErrors.nodeClosed(context.name());
        }
    }

    private void closeQuietly(final @Nullable DatagramChannel channel) {
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
