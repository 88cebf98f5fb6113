package io.fizeau.transports.shm;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.error.TransportException.NextStep;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks at the rings of its connections, one after the other. What closes may come from any thread, the rest from one. */
final class ShmNode implements Node {
    private static final ShmConnection[] NO_CONNECTIONS = {};
    private static final ShmListener[] NO_LISTENERS = {};

    /** Between two looks at the clock, which costs as much as several polls. */
    private static final int POLLS_PER_LOOK = 16;

    private static final long SELDOM_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long CHECK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_LEAVER_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final int maxMessageBytes;
    private final long connectTimeoutNs;
    private final ProcessIdentity self;
    private final Driving driving;
    private final NodeContext context;
    private final ArrayDeque<ShmConnection> opening = new ArrayDeque<>(); // by the driving thread

    /** What could not be unmapped when it was closed, because somebody was inside. */
    private final ConcurrentLinkedQueue<BooleanSupplier> closing = new ConcurrentLinkedQueue<>();

    private final Object guard = new Object();
    private final List<ShmConnection> connectionList = new ArrayList<>(); // under the guard
    private final List<ShmListener> listenerList = new ArrayList<>(); // under the guard
    private final Map<ProcessIdentity, ProcessWatch> watches = new HashMap<>(); // under the guard

    private volatile ShmConnection[] connections = NO_CONNECTIONS; // under the guard
    private volatile ShmListener[] listeners = NO_LISTENERS; // under the guard
    private volatile boolean isClosed; // under the guard
    private int turn; // by the driving thread
    private int untilLook; // by the driving thread
    private long lookedNs; // by the driving thread
    private long checkedNs; // by the driving thread

    ShmNode(
            final int maxMessageBytes,
            final long connectTimeoutNs,
            final ProcessIdentity self,
            final Driving driving,
            final NodeContext context) {
        this.maxMessageBytes = maxMessageBytes;
        this.connectTimeoutNs = connectTimeoutNs;
        this.self = self;
        this.driving = driving;
        this.context = context;
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final LocalPath path = requirePath(address);
        requireOpen();
        final ListenerFolder folder = ListenerFolder.create(path, maxMessageBytes, self);
        final ShmListener listener = new ShmListener(this, folder, handler);
        synchronized (guard) {
            if (!isClosed) {
                listenerList.add(listener);
                listeners = listenerList.toArray(NO_LISTENERS);
                return listener;
            }
        }
        folder.close();
        throw closed();
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final LocalPath path = requirePath(address);
        requireOpen();
        final ShmConnection connection = request(path, handler);
        if (!register(connection)) {
            connection.close();
            throw closed();
        }
        opening.add(connection);
        return connection;
    }

    private ShmConnection request(final LocalPath address, final ConnectionHandler handler) {
        final Path path = Path.of(address.path());
        final Offer listener;
        final ProcessWatch watch;
        try {
            listener = ListenerFolder.read(path);
            if (listener.maxMessageBytes() != maxMessageBytes) {
                throw new IOException("its maxMessage is " + listener.maxMessageBytes() + ", and here it is "
                        + maxMessageBytes + ": set the same at both ends");
            }
            watch = watch(listener.maker());
        } catch (final NoSuchFileException e) {
            return nobody(address, handler);
        } catch (final IOException e) {
            report("cannot connect to " + address.text() + ": " + e.getMessage());
            return nobody(address, handler);
        }
        final SealedMemory memory;
        final Rings rings;
        try {
            memory = SealedMemory.create(Layout.connectionBytes(maxMessageBytes));
            rings = map(memory);
        } catch (final IOException e) {
            unwatch(watch);
            throw new TransportException(
                    NextStep.FAIL_RUN,
                    "cannot connect to " + address.text() + ": " + e.getMessage() + "; a lower maxMessage needs less",
                    e);
        }
        try {
            final Path request = ListenerFolder.request(
                    path, listener, new Offer(Offer.Kind.CONNECTION, maxMessageBytes, self, memory.descriptor()));
            return new ShmConnection(this, rings, watch, address, handler, null, new Request(request, memory));
        } catch (final IOException e) {
            rings.tryFree();
            memory.close();
            unwatch(watch);
            if (!(e instanceof NoSuchFileException)) { // else it has gone meanwhile
                report("cannot connect to " + address.text() + ": " + e.getMessage());
            }
            return nobody(address, handler);
        }
    }

    private Rings map(final SealedMemory memory) throws IOException {
        try {
            return Rings.map(memory, maxMessageBytes, false);
        } catch (final IOException e) {
            memory.close();
            throw e;
        }
    }

    private ShmConnection nobody(final LocalPath address, final ConnectionHandler handler) {
        return new ShmConnection(this, Rings.ofNobody(), null, address, handler, null, null);
    }

    /** Opens a connection that a listener has accepted. By the driving thread. */
    void accepted(final ShmListener listener, final Rings rings, final ProcessWatch watch) {
        final ShmConnection connection =
                new ShmConnection(this, rings, watch, listener.path(), listener.handler(), listener, null);
        if (register(connection)) {
            listener.onAccepted();
            connection.accept();
        } else {
            connection.close();
        }
    }

    @Override
    public int poll(final int limit) {
        if (isClosed) {
            return 0;
        }
        int work = 0;
        untilLook--;
        if (untilLook <= 0) {
            work += look();
        }
        if (!opening.isEmpty()) {
            work += finishOpening();
        }
        for (final ShmListener listener : listeners) {
            work += listener.accept();
        }
        final ShmConnection[] all = connections;
        final int first = all.length > 1 ? turn++ & Integer.MAX_VALUE : 0;
        for (int i = 0; i < all.length && work < limit; i++) {
            // Starting with another one each time: none is starved by a small limit.
            final ShmConnection connection = all[all.length == 1 ? 0 : (first + i) % all.length];
            work += connection.receive(limit - work);
        }
        return work;
    }

    private int finishOpening() {
        int count = 0;
        for (int left = opening.size(); left > 0; left--) {
            final ShmConnection next = opening.remove();
            if (next.finishOpening()) {
                count++;
            } else {
                opening.add(next);
            }
        }
        return count;
    }

    /** Now and then: whether the peers live, and what could not be unmapped before. */
    private int look() {
        final long nowNs = System.nanoTime();
        // Who polls seldom looks each time, and so notices as soon.
        untilLook = nowNs - lookedNs > SELDOM_NS ? 1 : POLLS_PER_LOOK;
        lookedNs = nowNs;
        if (nowNs - checkedNs < CHECK_NS) {
            return 0;
        }
        checkedNs = nowNs;
        closing.removeIf(BooleanSupplier::getAsBoolean);
        int dead = 0;
        synchronized (guard) {
            for (final ProcessWatch watch : watches.values()) {
                if (!watch.isAlive()) {
                    dead++;
                    connectionList.forEach(connection -> connection.onProcessDied(watch));
                }
            }
        }
        return dead;
    }

    /**
     * Watches a process for one more connection.
     *
     * @param process the one at the other end.
     * @return its watch, for {@link #unwatch}.
     * @throws IOException if it cannot be watched, or is dead.
     */
    ProcessWatch watch(final ProcessIdentity process) throws IOException {
        if (process.namespace() != self.namespace()) {
            throw new IOException("the other end is in another container (pid namespace " + process.namespace()
                    + ", and here it is " + self.namespace() + "), where its end would not be noticed: share one");
        }
        synchronized (guard) {
            ProcessWatch watch = watches.get(process);
            if (watch == null) {
                watch = ProcessWatch.open(process);
                watches.put(process, watch);
            }
            watch.addUser();
            return watch;
        }
    }

    void unwatch(final ProcessWatch watch) {
        synchronized (guard) {
            if (watch.removeUser()) {
                watches.values().remove(watch);
                watch.close();
            }
        }
    }

    private boolean register(final ShmConnection connection) {
        synchronized (guard) {
            if (!isClosed) {
                connectionList.add(connection);
                connections = connectionList.toArray(NO_CONNECTIONS);
            }
            return !isClosed;
        }
    }

    void forget(final ShmConnection connection) {
        synchronized (guard) {
            if (connectionList.remove(connection)) {
                connections = connectionList.toArray(NO_CONNECTIONS);
            }
        }
    }

    void forget(final ShmListener listener) {
        synchronized (guard) {
            if (listenerList.remove(listener)) {
                listeners = listenerList.toArray(NO_LISTENERS);
            }
        }
    }

    /**
     * Unmaps what is closed: now, or when whoever is inside has left.
     *
     * @param unmapping tries it, and says whether it is done.
     */
    void unmap(final BooleanSupplier unmapping) {
        if (!unmapping.getAsBoolean()) {
            closing.add(unmapping);
        }
    }

    @Override
    public void close() {
        final ShmConnection[] allConnections;
        final ShmListener[] allListeners;
        synchronized (guard) {
            isClosed = true;
            allConnections = connections;
            allListeners = listeners;
        }
        for (final ShmListener listener : allListeners) {
            listener.close();
        }
        for (final ShmConnection connection : allConnections) {
            connection.close();
        }
        // Another thread that is inside of a poll or a send is there for nanoseconds, or for as long as a callback
        // takes.
        final long startNs = System.nanoTime();
        closing.removeIf(BooleanSupplier::getAsBoolean);
        while (!closing.isEmpty() && System.nanoTime() - startNs < LAST_LEAVER_NS) {
            Thread.onSpinWait();
            closing.removeIf(BooleanSupplier::getAsBoolean);
        }
    }

    /** Tells the error handler what has gone wrong, in one line. */
    void report(final String what) {
        context.errors().onError(new TransportException(NextStep.FAIL_RUN, "node " + context.name() + " " + what));
    }

    /** Tells the error handler who was refused where and why, in one line; the listener has counted it. */
    void reportRefused(final String who, final Address where, final @Nullable String why) {
        context.errors()
                .onError(new TransportException(
                        NextStep.GO_ON, "shm refused " + who + " at " + where.text() + ": " + why));
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    long connectTimeoutNs() {
        return connectTimeoutNs;
    }

    Driving driving() {
        return driving;
    }

    NodeContext context() {
        return context;
    }

    private TransportException closed() {
        return TransportException.badRequest("node " + context.name() + " is closed: open a new one");
    }

    private void requireOpen() {
        if (isClosed) {
            throw closed();
        }
    }

    private static LocalPath requirePath(final Address address) {
        if (address instanceof LocalPath path) {
            return path;
        }
        throw TransportException.badRequest("address " + address.text()
                + " is not of the form that shm uses: give an absolute path, for example /dev/shm/orders");
    }
}
