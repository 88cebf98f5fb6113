package io.fizeau.transports.http.jdk;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.http.protocol.ConnectingEnd;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.protocol.Protocol;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.tls.context.TlsContexts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connecting end of a node over the JDK's client, whose threads carry requests and answers. Messages are delivered by the thread that
 * polls, which sleeps until an answer has come. One thread polls, and another one may send.
 */
public final class JdkNode implements ConnectingEnd {
    private static final long READ_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FAREWELL_MS = 500;

    private final HttpOptions options;
    private final NodeContext context;
    private final JdkHttp http;
    private final String scheme;
    private final Map<HostPort, CompletableFuture<?>> greeted = new ConcurrentHashMap<>();
    private final Set<JdkConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<URI, CompletableFuture<?>> farewells = new ConcurrentHashMap<>();
    private final Queue<JdkConnection> answered = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<JdkConnection> again = new ArrayDeque<>(); // the polling thread, as the next one
    private long tickedNs = System.nanoTime();
    private volatile @Nullable Thread waiter; // the polling thread
    private volatile boolean isClosed; // close

    /**
     * Opens it.
     *
     * @param options its limits.
     * @param tls whom it trusts, or null for clear text.
     * @param context where its threads come from and its errors go.
     */
    public JdkNode(final HttpOptions options, final @Nullable TlsContexts tls, final NodeContext context) {
        this.options = options;
        this.context = context;
        this.scheme = tls == null ? "http://" : "https://";
        this.http = new JdkHttp(options, tls, context);
    }

    @Override
    public Connection connect(final HostPort address, final ConnectionHandler handler) {
        if (isClosed) {
            throw SocketErrors.nodeClosed(context.name());
        }
        address.resolve();
        final JdkConnection connection = new JdkConnection(this, options, address, handler);
        connections.add(connection);
        final CompletableFuture<?> unused = greet(address).whenComplete((answer, failure) -> connection.open(failure));
        return connection;
    }

    /**
     * Asks whether anybody is there, one after the other for each address. With HTTP/2 that decides which protocol is spoken, and keeps
     * all on one connection; a POST could not.
     */
    private CompletableFuture<?> greet(final HostPort address) {
        if (!options.isHttp2()) {
            return CompletableFuture.completedFuture(null);
        }
        final HttpRequest request =
                HttpRequest.newBuilder(uri(address, Protocol.ROOT)).GET().build();
        return greeted.compute(
                address,
                (key, before) -> afterwards(before)
                        .thenCompose(ignored -> client().sendAsync(request, HttpResponse.BodyHandlers.discarding())));
    }

    private static CompletableFuture<?> afterwards(final @Nullable CompletableFuture<?> before) {
        return before == null
                ? CompletableFuture.completedFuture(null)
                : before.handle((answer, failure) -> Boolean.TRUE);
    }

    URI uri(final HostPort address, final String path) {
        return URI.create(scheme + address.text() + path);
    }

    HttpClient client() {
        return http.client();
    }

    /** Something has happened to a connection that its polling thread should see. By any thread. */
    void onAnswered(final JdkConnection connection) {
        if (connection.enqueue()) {
            answered.add(connection);
        }
        LockSupport.unpark(waiter);
    }

    /** Tells the peer of an end. */
    @SuppressWarnings("CollectionUndefinedEquality") // each future is itself and no other
    void farewell(final URI session) {
        if (isClosed && farewells.size() > options.maxSessions()) {
            return;
        }
        final CompletableFuture<?> told = client().sendAsync(
                        HttpRequest.newBuilder(session).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        farewells.put(session, told);
        final CompletableFuture<?> unused = told.whenComplete((answer, failure) -> farewells.remove(session));
    }

    void forget(final JdkConnection connection) {
        connections.remove(connection);
        LockSupport.unpark(waiter);
    }

    /** Delivers what has come on any connection, and waits for it for a while if nothing has. */
    @Override
    public int poll(final int limit) {
        final int work = serve(limit);
        if (work > 0 || isClosed) {
            tick(System.nanoTime()); // who always finds something must not forget the quiet ones
            return work;
        }
        await(again.isEmpty() ? READ_TIMEOUT_NS : RETRY_NS, () -> !answered.isEmpty());
        return serve(limit);
    }

    private int serve(final int limit) {
        int work = 0;
        final int retries = again.size();
        while (work < limit && !answered.isEmpty()) {
            work += serve(answered.remove(), limit - work);
        }
        for (int i = 0; i < retries && work < limit; i++) {
            work += serve(again.remove(), limit - work);
        }
        return work;
    }

    private int serve(final JdkConnection connection, final int limit) {
        connection.dequeued();
        final ConnectionState before = connection.state();
        final int messages = connection.work(limit);
        final int work = messages == 0 && connection.state() != before ? 1 : messages;
        if (connection.hasUndelivered() && connection.enqueue()) {
            (connection.isRetrying() ? again : answered).add(connection);
        }
        return work;
    }

    /** Sleeps until something has come, ticking meanwhile. By the polling thread. */
    void await(final long withinNs, final BooleanSupplier hasCome) {
        final long untilNs = System.nanoTime() + withinNs;
        waiter = Thread.currentThread();
        while (!hasCome.getAsBoolean() && !isClosed) {
            final long nowNs = System.nanoTime();
            tick(nowNs);
            final long leftNs = untilNs - nowNs;
            if (leftNs <= 0 || Thread.currentThread().isInterrupted()) {
                break;
            }
            LockSupport.parkNanos(this, Math.min(leftNs, connections.isEmpty() ? leftNs : TICK_NS));
        }
        waiter = null;
    }

    /** Looks at the clock for all connections, now and then. By the polling thread. */
    void tick(final long nowNs) {
        if (nowNs - tickedNs >= TICK_NS) {
            tickedNs = nowNs;
            connections.forEach(connection -> connection.tick(nowNs));
        }
    }

    NodeContext context() {
        return context;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        List.copyOf(connections).forEach(JdkConnection::close);
        LockSupport.unpark(waiter);
        awaitFarewells();
        List.copyOf(farewells.values()).forEach(told -> told.cancel(true));
        http.close();
    }

    private void awaitFarewells() {
        try {
            CompletableFuture.allOf(farewells.values().toArray(new CompletableFuture<?>[0]))
                    .get(FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            return; // the peer finds out by itself
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
