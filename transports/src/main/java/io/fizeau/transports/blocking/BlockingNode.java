package io.fizeau.transports.blocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** The sockets and threads of one end. Every method may be called by any thread. */
final class BlockingNode implements Node {
    /** How long the goodbyes of all connections may take together, and how much more for each of them. */
    private static final long GOODBYES_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long GOODBYE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long JOIN_REPORT_MS = TimeUnit.SECONDS.toMillis(5);

    private final BlockingStack stack;
    private final NodeContext context;
    private final byte[] introduction;

    private final Object guard = new Object();
    private final Set<BlockingConnection> connections = new HashSet<>(); // under the guard
    private final Set<BlockingListener> listeners = new HashSet<>(); // under the guard
    private final Set<Thread> threads = new HashSet<>(); // under the guard
    private boolean isClosed; // under the guard

    BlockingNode(final BlockingStack stack, final NodeContext context) {
        this.stack = stack;
        this.context = context;
        this.introduction = Framing.introduction(stack.maxMessageBytes());
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        BlockingStack.DRIVING.forListening(stack.threads().choice()); // it is always OWN, or not offered
        final Acceptor acceptor = stack.sockets().listen(address);
        final BlockingListener listener = new BlockingListener(this, acceptor, handler);
        try {
            synchronized (guard) {
                if (!isClosed) {
                    listener.runsOn(start(listener::run));
                    listeners.add(listener);
                    return listener;
                }
            }
        } catch (final TransportException e) {
            closeQuietly(acceptor);
            throw e;
        }
        closeQuietly(acceptor);
        throw SocketErrors.nodeClosed(context.name());
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final Driving driving =
                BlockingStack.DRIVING.forConnecting(stack.threads().choice());
        final BlockingStream stream = stack.sockets().open(address, driving == Driving.CALLER);
        final BlockingConnection connection = new BlockingConnection(this, stream, handler, driving, null);
        if (!register(connection, stream, driving == Driving.OWN ? connection::connectAndRun : null)) {
            throw SocketErrors.nodeClosed(context.name());
        }
        if (driving == Driving.CALLER) {
            connection.connect();
        }
        return connection;
    }

    void accepted(
            final BlockingStream stream, final BlockingListener listener, final List<BlockingConnection> opening) {
        final BlockingConnection connection;
        try {
            connection = new BlockingConnection(this, stream, listener.handler(), Driving.OWN, listener);
        } catch (final OutOfMemoryError e) {
            stream.close();
            throw SocketErrors.noMemory(stack.transport(), stream.remote().text(), e);
        }
        if (register(connection, stream, connection::run)) {
            opening.add(connection);
        }
    }

    /** If it does not come to a registration, the stream is closed. */
    private boolean register(
            final BlockingConnection connection, final BlockingStream stream, final @Nullable Runnable ownThread) {
        boolean isRegistered = false;
        try {
            synchronized (guard) {
                if (!isClosed) {
                    connections.add(connection);
                    if (ownThread != null) {
                        start(ownThread);
                    }
                    isRegistered = true;
                }
            }
        } finally {
            if (!isRegistered) {
                forget(connection);
                stream.close();
            }
        }
        return isRegistered;
    }

    /** Under the guard, so that the end of the new thread finds it noted. */
    private Thread start(final Runnable work) {
        try {
            final Thread thread = stack.threads()
                    .kind()
                    .start(
                            () -> {
                                try {
                                    work.run();
                                } finally {
                                    ended(Thread.currentThread());
                                }
                            },
                            context);
            threads.add(thread);
            return thread;
        } catch (final OutOfMemoryError e) {
            // That is how the system's refusal is told.
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "node " + context.name() + " has no thread for a connection: " + e.getMessage()
                            + "; raise the limit on threads (ulimit -u, pids.max), or use fewer connections",
                    e);
        }
    }

    private void ended(final Thread thread) {
        synchronized (guard) {
            if (!isClosed) {
                threads.remove(thread);
            }
        }
    }

    void forget(final BlockingConnection connection) {
        synchronized (guard) {
            connections.remove(connection);
        }
    }

    void forget(final BlockingListener listener) {
        synchronized (guard) {
            listeners.remove(listener);
        }
    }

    /**
     * Says that a peer was refused.
     *
     * @param peer who.
     * @param listener where it came to, or null if it was connected to from here.
     * @param refusal why.
     */
    void refused(final Address peer, final @Nullable BlockingListener listener, final PeerRefusedException refusal) {
        final String where = listener == null ? "" : " at " + listener.address().text();
        context.errors()
                .onError(new TransportException(
                        listener == null ? TransportException.NextStep.FAIL_RUN : TransportException.NextStep.GO_ON,
                        stack.transport() + " refused " + peer.text() + where + ": " + refusal.getMessage(),
                        refusal));
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
        final List<BlockingConnection> allConnections;
        final List<BlockingListener> allListeners;
        final List<Thread> allThreads;
        synchronized (guard) {
            isClosed = true;
            allConnections = List.copyOf(connections);
            allListeners = List.copyOf(listeners);
            allThreads = List.copyOf(threads);
        }
        allListeners.forEach(BlockingListener::close);
        close(allConnections);
        allThreads.forEach(this::join);
    }

    /** One after the other, with one deadline for all: each may wait a while for a peer that takes no goodbye. */
    private static void close(final List<BlockingConnection> connections) {
        if (connections.isEmpty()) {
            return;
        }
        final long mostNs = GOODBYES_NS + connections.size() * GOODBYE_NS;
        final Deadline deadline = Deadline.closing(() -> connections.forEach(BlockingConnection::closeNow), mostNs);
        try {
            connections.forEach(BlockingConnection::close);
        } finally {
            deadline.close();
        }
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

    private void closeQuietly(final Acceptor acceptor) {
        try {
            acceptor.close();
        } catch (final IOException e) {
            context.errors().onError(e);
        }
    }

    BlockingStack stack() {
        return stack;
    }

    NodeContext context() {
        return context;
    }

    byte[] introduction() {
        return introduction;
    }

    IdleStrategy newIdleStrategy() {
        return stack.threads().idle().newStrategy();
    }
}
