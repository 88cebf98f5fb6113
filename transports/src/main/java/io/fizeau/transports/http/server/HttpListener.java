package io.fizeau.transports.http.server;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.loop.OwnThreads;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.tls.context.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * A place at which sessions are opened, and the Jetty server behind it, which drives them on its threads. Thread-safe.
 *
 * @implNote Bound by a channel of our own, so that a taken address is named as everywhere else. One timer thread looks at the clock for
 *     all sessions and connections.
 */
public final class HttpListener implements Listener {
    private static final long MOST_SWEEP_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int SWEEPS_PER_LIMIT = 8;

    private final HttpOptions options;
    private final NodeContext context;
    private final HostPort address;
    private final Refusals refusals;
    private final Sessions sessions;
    private final OwnThreads threads;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledFuture<?> sweeping;
    private final Server server;
    private final ServerConnector connector;

    private HttpListener(
            final HttpOptions options,
            final @Nullable TlsContexts tls,
            final NodeContext context,
            final ServerSocketChannel channel,
            final ConnectionHandler handler)
            throws IOException {
        this.options = options;
        this.context = context;
        this.address = HostPort.of((InetSocketAddress) channel.getLocalAddress());
        this.refusals = new Refusals(context, options.transport(), address.text());
        this.sessions = new Sessions(options, handler, context);
        this.threads = new OwnThreads(context);
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        final EndPoints endPoints = new EndPoints(options, refusals);
        final Front front = new Front(options, sessions, endPoints, refusals, timer);
        this.server = Jetty.server(threads, timer, front);
        this.connector = Jetty.connector(server, options, tls, endPoints);
        connector.open(channel);
        server.addConnector(connector);
        final long sweepNs =
                Math.min(Math.min(options.livenessNs(), options.connectTimeoutNs()), options.requestTimeoutNs())
                        / SWEEPS_PER_LIMIT;
        this.sweeping = timer.scheduleWithFixedDelay(
                () -> sweep(front, endPoints),
                MOST_SWEEP_NS,
                Math.max(1, Math.min(MOST_SWEEP_NS, sweepNs)),
                TimeUnit.NANOSECONDS);
    }

    /**
     * Starts to listen.
     *
     * @param wanted where; with port 0 a free one is taken.
     * @param handler gets the callbacks of every session.
     * @param options its limits.
     * @param tls what it proves itself with, or null for clear text.
     * @param context where its threads come from and its errors go.
     * @return the listener, to be ended by {@link #end()}.
     * @throws TransportException if the address is taken or not ours; nothing is left then.
     */
    public static HttpListener listen(
            final HostPort wanted,
            final ConnectionHandler handler,
            final HttpOptions options,
            final @Nullable TlsContexts tls,
            final NodeContext context) {
        final InetSocketAddress socketAddress = wanted.resolve();
        final HttpListener listener;
        try {
            final ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                if (options.receiveBufferBytes() > 0) {
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
                }
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(socketAddress, options.backlog());
                listener = new HttpListener(options, tls, context, channel, handler);
            } catch (final IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw SocketErrors.cannotListen(wanted, e);
        }
        listener.start();
        return listener;
    }

    private void start() {
        try {
            server.start();
        } catch (final Exception e) {
            end();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    options.transport() + ": Jetty does not start at " + address.text() + ": " + e.getMessage(),
                    e);
        }
    }

    private void sweep(final Front front, final EndPoints endPoints) {
        try {
            final long nowNs = System.nanoTime();
            sessions.expire(nowNs);
            front.underWay().expire(nowNs);
            endPoints.expire(nowNs);
        } catch (final RuntimeException e) {
            context.errors().onError(e);
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Driving driving() {
        return Driving.OWN;
    }

    @Override
    public long acceptedCount() {
        return sessions.openedCount();
    }

    @Override
    public long rejectedCount() {
        return refusals.count();
    }

    /** Takes no new connections and no new sessions. Those that are there live on. */
    @Override
    public void close() {
        if (sessions.isAccepting()) {
            sessions.stopAccepting();
            connector.close();
        }
    }

    /** Closes it and every session, and ends its threads. Idempotent. */
    public void end() {
        sessions.stopAccepting();
        sessions.closeAll();
        try {
            server.stop();
        } catch (final Exception e) {
            context.errors().onError(e);
        }
        sweeping.cancel(false);
        timer.shutdownNow();
        threads.join();
    }

    @Override
    public String toString() {
        return options.transport() + " listener at " + address.text();
    }
}
