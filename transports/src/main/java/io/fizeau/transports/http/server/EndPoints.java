package io.fizeau.transports.http.server;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.http.protocol.HttpOptions;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The network connections of one listener, and how long each has to make itself useful: one that has not had a request of ours accepted
 * in time is closed, whatever it trickles, and so is one that was useful once and has been quiet for long. Thread-safe.
 */
final class EndPoints {
    private static final int LIVENESSES = 3;

    private final HttpOptions options;
    private final Refusals refusals;
    private final AtomicInteger openCount = new AtomicInteger();
    private final Map<EndPoint, Watch> watches = new ConcurrentHashMap<>();

    EndPoints(final HttpOptions options, final Refusals refusals) {
        this.options = options;
        this.refusals = refusals;
    }

    void onOpened(final EndPoint endPoint) {
        final Watch watch = new Watch(endPoint);
        watches.put(endPoint, watch);
        if (openCount.incrementAndGet() > options.maxConnections()) {
            watch.refuse("there are maxConnections=" + options.maxConnections() + " connections already");
            endPoint.close();
        }
    }

    void onClosed(final EndPoint endPoint) {
        openCount.decrementAndGet();
        final Watch watch = watches.get(endPoint);
        if (watch != null) {
            watch.closed();
        }
    }

    /** The connection that a request came by. */
    @Nullable
    Watch of(final Request request) {
        return watches.get(
                networkOf(request.getConnectionMetaData().getConnection().getEndPoint()));
    }

    /** The connection under another one, TLS for instance. */
    @Nullable
    Watch of(final EndPoint endPoint) {
        return watches.get(networkOf(endPoint));
    }

    private static EndPoint networkOf(final EndPoint endPoint) {
        EndPoint network = endPoint;
        while (network instanceof EndPoint.Wrapper wrapper) {
            network = wrapper.unwrap();
        }
        return network;
    }

    void expire(final long nowNs) {
        watches.values().removeIf(Watch::isOver);
        watches.values().forEach(watch -> watch.expire(nowNs));
    }

    /** One network connection. */
    final class Watch {
        private final EndPoint endPoint;
        private final @Nullable SocketAddress peer;
        private final Set<ServerSession> bound = ConcurrentHashMap.newKeySet(0);
        private volatile long heardNs = System.nanoTime(); // whoever handles its requests, as the next one
        private volatile boolean isProven;
        private volatile boolean isRefused; // whoever refuses something
        private volatile boolean isClosed; // Jetty, as the next one
        private volatile boolean hasSpoken;
        private boolean wasClosed; // the sweeping thread, as the next two
        private boolean wasInHead;
        private long headNs;

        private Watch(final EndPoint endPoint) {
            this.endPoint = endPoint;
            this.peer = endPoint.getRemoteSocketAddress();
        }

        /** A request of ours came by it. */
        void heard() {
            heardNs = System.nanoTime();
            isProven = true;
        }

        /** A session that ends with it. */
        void bind(final ServerSession session) {
            bound.removeIf(each -> each.closeReason() != null);
            bound.add(session);
            if (!endPoint.isOpen()) {
                session.end(CloseReason.PEER_CLOSED);
            }
        }

        /** Counts and names something that came by it. */
        void refuse(final String why) {
            isRefused = true;
            refusals.refused(peer, why);
        }

        private void expire(final long nowNs) {
            if (isClosed) {
                return;
            }
            final long quietNs = nowNs - heardNs;
            if (isProven && isHeadTooSlow(nowNs)) {
                refuse("a request's header was not complete within requestTimeout="
                        + TimeUnit.NANOSECONDS.toMillis(options.requestTimeoutNs()) + "ms");
                endPoint.close();
                return;
            }
            if (quietNs <= (isProven ? LIVENESSES * options.livenessNs() : options.connectTimeoutNs())) {
                return;
            }
            if (!isProven && !isRefused) {
                refuse("no request of a session came within " + TimeUnit.NANOSECONDS.toMillis(quietNs) + " ms");
            } else if (isProven && isInsideRequest()) {
                refuse("a request was not complete within " + TimeUnit.NANOSECONDS.toMillis(quietNs) + " ms");
            }
            endPoint.close();
        }

        /** Whether each look for as long as a request may take has found one and the same header unfinished. */
        private boolean isHeadTooSlow(final long nowNs) {
            final HttpParser parser = parser();
            final boolean isInHead = parser != null && !parser.isIdle() && parser.inHeaderState();
            if (!isInHead || !wasInHead || heardNs - headNs > 0) {
                headNs = nowNs;
            }
            wasInHead = isInHead;
            return isInHead && nowNs - headNs > options.requestTimeoutNs();
        }

        private boolean isInsideRequest() {
            final HttpParser parser = parser();
            return parser != null && !parser.isIdle();
        }

        /** What reads HTTP/1.1 on it, also under TLS; null with HTTP/2. */
        private @Nullable HttpParser parser() {
            Connection connection = endPoint.getConnection();
            if (connection instanceof SslConnection tls) {
                connection = tls.getSslEndPoint().getConnection();
            }
            return connection instanceof HttpConnection http ? http.getParser() : null;
        }

        private void closed() {
            final Connection connection = endPoint.getConnection();
            hasSpoken = connection instanceof HTTP2Connection || hasSpoken(connection);
            isClosed = true;
            bound.forEach(session -> session.end(CloseReason.PEER_CLOSED));
        }

        /** Whether it was closed a while ago: by then whoever knows better why it was refused has said so. */
        private boolean isOver() {
            if (!isClosed || !wasClosed) {
                wasClosed = isClosed;
                return false;
            }
            if (!isProven && !isRefused && hasSpoken) {
                refuse("what it sent was no request of ours");
            }
            return true;
        }

        private static boolean hasSpoken(final @Nullable Connection connection) {
            return connection != null && connection.getBytesIn() > 0;
        }
    }
}
