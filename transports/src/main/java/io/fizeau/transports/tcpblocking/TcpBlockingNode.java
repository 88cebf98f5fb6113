package io.fizeau.transports.tcpblocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** The sockets and threads of one end. Every method may be called by any thread. */
final class TcpBlockingNode implements Node {
    private static final long JOIN_REPORT_MS = TimeUnit.SECONDS.toMillis(5);

    private final SocketOptions options;
    private final int readTimeoutMs;
    private final Idle idle;
    private final DrivingSupport support;
    private final DrivingChoice choice;
    private final NodeContext context;
    private final byte[] introduction;

    private final Object guard = new Object();
    private final Set<TcpBlockingConnection> connections = new HashSet<>(); // under the guard
    private final Set<TcpBlockingListener> listeners = new HashSet<>(); // under the guard
    private final Set<Thread> threads = new HashSet<>(); // under the guard
    private boolean isClosed; // under the guard

    TcpBlockingNode(
            final SocketOptions options,
            final int readTimeoutMs,
            final Idle idle,
            final DrivingSupport support,
            final DrivingChoice choice,
            final NodeContext context) {
        this.options = options;
        this.readTimeoutMs = readTimeoutMs;
        this.idle = idle;
        this.support = support;
        this.choice = choice;
        this.context = context;
        this.introduction = Framing.introduction(options.maxMessageBytes());
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort("tcp-blocking", address);
        support.forListening(choice); // it is always OWN, or not offered
        final InetSocketAddress socketAddress = wanted.resolve();
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            options.applyReceiveBuffer(socket::setOption);
            socket.bind(socketAddress, options.backlog());
        } catch (final IOException e) {
            closeQuietly(socket);
            throw SocketErrors.cannotListen(wanted, e);
        }
        final HostPort taken = HostPort.of((InetSocketAddress) socket.getLocalSocketAddress());
        final TcpBlockingListener listener = new TcpBlockingListener(this, socket, taken, handler);
        synchronized (guard) {
            if (!isClosed) {
                listeners.add(listener);
                listener.runsOn(start(listener::run));
                return listener;
            }
        }
        closeQuietly(socket);
        throw SocketErrors.nodeClosed(context.name());
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final HostPort wanted = SocketErrors.requireHostPort("tcp-blocking", address);
        final Driving driving = support.forConnecting(choice);
        final InetSocketAddress socketAddress = wanted.resolve();
        final Socket socket = new Socket();
        try {
            options.applyTo(socket::setOption, socket.supportedOptions());
            if (driving == Driving.CALLER) {
                socket.setSoTimeout(readTimeoutMs);
            }
        } catch (final IOException e) {
            closeQuietly(socket);
            throw SocketErrors.failed("open a socket to " + wanted.text(), e);
        }
        final TcpBlockingConnection connection =
                new TcpBlockingConnection(this, socket, wanted, handler, driving, null);
        final Runnable life = () -> {
            connection.connect(socketAddress);
            connection.run();
        };
        if (!register(connection, driving == Driving.OWN ? life : null)) {
            closeQuietly(socket);
            throw SocketErrors.nodeClosed(context.name());
        }
        if (driving == Driving.CALLER) {
            connection.connect(socketAddress);
        }
        return connection;
    }

    void accepted(final Socket peer, final TcpBlockingListener listener, final List<TcpBlockingConnection> opening) {
        try {
            options.applyTo(peer::setOption, peer.supportedOptions());
        } catch (final IOException e) {
            closeQuietly(peer);
            context.errors()
                    .onError(SocketErrors.failed(
                            "take a connection at " + listener.address().text(), e));
            return;
        }
        final HostPort remote = HostPort.of((InetSocketAddress) peer.getRemoteSocketAddress());
        final TcpBlockingConnection connection =
                new TcpBlockingConnection(this, peer, remote, listener.handler(), Driving.OWN, listener);
        if (register(connection, connection::run)) {
            opening.add(connection);
        } else {
            closeQuietly(peer);
        }
    }

    private boolean register(final TcpBlockingConnection connection, final @Nullable Runnable ownThread) {
        synchronized (guard) {
            if (isClosed) {
                return false;
            }
            connections.add(connection);
            if (ownThread != null) {
                start(ownThread);
            }
            return true;
        }
    }

    private Thread start(final Runnable work) {
        final Thread thread = context.threads().newThread(() -> {
            try {
                work.run();
            } finally {
                ended(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void ended(final Thread thread) {
        synchronized (guard) {
            if (!isClosed) {
                threads.remove(thread);
            }
        }
    }

    void forget(final TcpBlockingConnection connection) {
        synchronized (guard) {
            connections.remove(connection);
        }
    }

    void forget(final TcpBlockingListener listener) {
        synchronized (guard) {
            listeners.remove(listener);
        }
    }

    /**
     * Does nothing: connections are polled each by itself, or drive themselves.
     *
     * @param limit not used.
     * @return 0.
     */
    @Override
    public int poll(final int limit) {
        return 0;
    }

    @Override
    public void close() {
        final List<TcpBlockingConnection> allConnections;
        final List<TcpBlockingListener> allListeners;
        final List<Thread> allThreads;
        synchronized (guard) {
            isClosed = true;
            allConnections = List.copyOf(connections);
            allListeners = List.copyOf(listeners);
            allThreads = List.copyOf(threads);
        }
        allListeners.forEach(TcpBlockingListener::close);
        allConnections.forEach(TcpBlockingConnection::close);
        allThreads.forEach(this::join);
    }

    /** Waits until a thread has ended, whatever it takes; its socket is closed already. */
    void join(final Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join(JOIN_REPORT_MS);
                if (thread.isAlive()) {
                    context.errors()
                            .onError(new TransportException(
                                    TransportException.NextStep.FAIL_RUN,
                                    "node " + context.name() + ": a callback has kept thread " + thread.getName()
                                            + " busy for " + JOIN_REPORT_MS + " ms; close waits for it"));
                }
            } catch (final InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes so that the peer reads an orderly end, even where data of its own was not read here. */
    static void closeInOrder(final Socket socket) {
        try (socket) {
            socket.shutdownOutput();
        } catch (final IOException e) {
            // Not connected yet, or the peer has gone: there is nobody to tell, and the socket is closed all the same.
            return;
        }
    }

    private void closeQuietly(final @Nullable AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (final Exception e) {
            context.errors().onError(e);
        }
    }

    SocketOptions options() {
        return options;
    }

    NodeContext context() {
        return context;
    }

    byte[] introduction() {
        return introduction;
    }

    IdleStrategy newIdleStrategy() {
        return idle.newStrategy();
    }
}
