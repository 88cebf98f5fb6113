package io.fizeau.transports.http.server;

import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.tls.context.TlsContexts;
import io.fizeau.transports.tls.context.TlsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/** Puts a Jetty server together: its threads from the node, short headers, small answers at once. Stateless. */
final class Jetty {
    private static final int THREADS = 8;
    private static final int LEAST_THREADS = 2;
    private static final int IDLE_MS = 60_000;
    private static final long STOP_MS = 2_000;
    private static final int LIVENESSES = 4;
    private static final int STREAMS = 1024;

    private Jetty() {}

    static Server server(final ThreadFactory threads, final ScheduledExecutorService timer, final Front front) {
        final QueuedThreadPool pool = new QueuedThreadPool(THREADS, LEAST_THREADS, IDLE_MS, 0, null, null, threads);
        pool.setStopTimeout(STOP_MS);
        final Server server = new Server(pool, new ScheduledExecutorScheduler(timer), null);
        server.setStopTimeout(0);
        server.setStopAtShutdown(false);
        server.setHandler(front);
        server.setErrorHandler(front::onError);
        return server;
    }

    static ServerConnector connector(
            final Server server,
            final HttpOptions options,
            final @Nullable TlsContexts tls,
            final EndPoints endPoints) {
        final ServerConnector connector = new Watched(server, endPoints, factories(options, tls, endPoints));
        connector.setAcceptedTcpNoDelay(true);
        if (options.sendBufferBytes() > 0) {
            connector.setAcceptedSendBufferSize(options.sendBufferBytes());
        }
        connector.setIdleTimeout(TimeUnit.NANOSECONDS.toMillis(
                Math.max(LIVENESSES * options.livenessNs(), 2 * options.connectTimeoutNs())));
        if (tls != null) {
            connector.addBean(new Handshakes(endPoints));
        }
        return connector;
    }

    private static ConnectionFactory[] factories(
            final HttpOptions options, final @Nullable TlsContexts tls, final EndPoints endPoints) {
        final HttpConfiguration configuration = configuration(options);
        final List<ConnectionFactory> factories = new ArrayList<>();
        if (tls != null) {
            factories.add(new SslConnectionFactory(sslContext(tls), options.isHttp2() ? "alpn" : "http/1.1"));
        }
        if (options.isHttp2() && tls != null) {
            factories.add(new ALPNServerConnectionFactory("h2"));
            factories.add(bounded(new WatchedH2(configuration, endPoints), options));
        } else {
            factories.add(new HttpConnectionFactory(configuration));
            if (options.isHttp2()) {
                factories.add(bounded(new WatchedH2c(configuration, endPoints), options));
            }
        }
        return factories.toArray(new ConnectionFactory[0]);
    }

    private static <T extends AbstractHTTP2ServerConnectionFactory> T bounded(
            final T factory, final HttpOptions options) {
        // A session has one request under way, and many of a client's sessions may share a connection.
        factory.setMaxConcurrentStreams(Math.min(STREAMS, options.maxSessions()));
        return factory;
    }

    private static HttpConfiguration configuration(final HttpOptions options) {
        final HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(options.maxHeaderBytes());
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRelativeRedirectAllowed(false);
        return configuration;
    }

    private static SslContextFactory.Server sslContext(final TlsContexts tls) {
        final SslContextFactory.Server factory = new SslContextFactory.Server() {
            /** As everywhere else over TLS, and not as Jetty would have it. */
            @Override
            public void customize(final SSLEngine engine) {
                engine.setSSLParameters(tls.serverParameters());
            }
        };
        factory.setSslContext(tls.serverContext());
        factory.setSessionCachingEnabled(false);
        return factory;
    }

    /** Tells of the connections as they come and go. */
    private static final class Watched extends ServerConnector {
        private final EndPoints endPoints;

        Watched(final Server server, final EndPoints endPoints, final ConnectionFactory... factories) {
            super(server, null, null, null, 1, -1, factories);
            this.endPoints = endPoints;
        }

        @Override
        protected void onEndPointOpened(final EndPoint endPoint) {
            super.onEndPointOpened(endPoint);
            endPoints.onOpened(endPoint);
        }

        @Override
        protected void onEndPointClosed(final EndPoint endPoint) {
            super.onEndPointClosed(endPoint);
            endPoints.onClosed(endPoint);
        }
    }

    private static final class WatchedH2 extends HTTP2ServerConnectionFactory {
        private final EndPoints endPoints;

        WatchedH2(final HttpConfiguration configuration, final EndPoints endPoints) {
            super(configuration);
            this.endPoints = endPoints;
        }

        @Override
        protected ServerSessionListener newSessionListener(final Connector connector, final EndPoint endPoint) {
            return new H2Sessions(super.newSessionListener(connector, endPoint), endPoints, endPoint);
        }
    }

    private static final class WatchedH2c extends HTTP2CServerConnectionFactory {
        private final EndPoints endPoints;

        WatchedH2c(final HttpConfiguration configuration, final EndPoints endPoints) {
            super(configuration);
            this.endPoints = endPoints;
        }

        @Override
        protected ServerSessionListener newSessionListener(final Connector connector, final EndPoint endPoint) {
            return new H2Sessions(super.newSessionListener(connector, endPoint), endPoints, endPoint);
        }
    }

    /** Counts and names a peer whose handshake failed. */
    private static final class Handshakes implements SslHandshakeListener {
        private final EndPoints endPoints;

        Handshakes(final EndPoints endPoints) {
            this.endPoints = endPoints;
        }

        @Override
        public void handshakeFailed(final Event event, final Throwable failure) {
            final EndPoints.Watch watch = endPoints.of(event.getEndPoint());
            if (watch != null) {
                watch.refuse(TlsErrors.reason(failure));
            }
        }
    }
}
