package io.fizeau.transports.tls.context;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.keys.KeyFolder;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS as every transport here speaks it: 1.3 and nothing older, the peer verified against the folder of keys, the client's
 * certificate too if that is asked for, and a full handshake each time (a listening end gives nobody a ticket and resumes no
 * session, so that a handshake costs the same whoever came before, and nobody stays known longer than his certificate is valid).
 *
 * <p>A transport adds {@link #options()} to its own, answers {@link #availability(Settings)}, and makes one instance when a node
 * opens, which reads the keys. Immutable and thread-safe.
 */
public final class TlsContexts {
    /** Whose TLS. */
    public static final Option<TlsProvider> PROVIDER =
            Option.choice("provider", TlsProvider.class, TlsProvider.JDK, "whose TLS: the JDK's, or Conscrypt's");

    /** Whether clients prove who they are. */
    public static final Option<Boolean> CLIENT_AUTH = Option.flag(
            "clientAuth",
            false,
            "mutual authentication: a listener refuses who has no trusted certificate, a connecting end shows its own");

    private static final List<Option<?>> OPTIONS = List.of(KeyFolder.KEYS, PROVIDER, CLIENT_AUTH);
    private static final String PROTOCOL = "TLSv1.3";
    private static final int LONGEST_TICKET_SECONDS = Math.toIntExact(TimeUnit.DAYS.toSeconds(7));
    /**
     * What both have in hardware first, so that providers are compared in the same thing. Conscrypt orders those of 1.3 so by itself,
     * and lets nobody choose: given these alone, it finds no certificate that would fit the older ones.
     */
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private final SSLContext server;
    private final SSLContext client;
    private final boolean asksClient;
    private final boolean choosesSuites;

    private TlsContexts(
            final SSLContext server, final SSLContext client, final boolean asksClient, final boolean choosesSuites) {
        this.server = server;
        this.client = client;
        this.asksClient = asksClient;
        this.choosesSuites = choosesSuites;
    }

    /**
     * The options that a transport over TLS has beside its own.
     *
     * @return an unmodifiable list.
     */
    public static List<Option<?>> options() {
        return OPTIONS;
    }

    /**
     * Whether the keys are there and the provider works here.
     *
     * @param settings values for {@link #options()}.
     * @return that it can run, or the first thing that is missing and what to do.
     */
    public static Availability availability(final Settings settings) {
        if (settings.get(PROVIDER) == TlsProvider.CONSCRYPT) {
            final Availability conscrypt = ConscryptProvider.availability();
            if (!conscrypt.isAvailable()) {
                return conscrypt;
            }
        }
        return KeyFolder.availability(settings);
    }

    /**
     * Reads the keys.
     *
     * @param settings values for {@link #options()}.
     * @return the contexts.
     * @throws TransportException if there are no keys, they cannot be used, or the provider is missing.
     */
    public static TlsContexts of(final Settings settings) {
        final KeyFolder keys = KeyFolder.open(KeyFolder.place(settings));
        final boolean isMutual = settings.get(CLIENT_AUTH);
        final KeyManager[] own = keys.keyManagers();
        try {
            final TrustManager[] trust = {FolderTrust.of(keys.trusted())};
            final Provider provider = settings.get(PROVIDER) == TlsProvider.CONSCRYPT ? ConscryptProvider.make() : null;
            return new TlsContexts(
                    withoutTickets(context(provider, own, trust)),
                    context(provider, isMutual ? own : new KeyManager[0], trust),
                    isMutual,
                    provider == null);
        } catch (final GeneralSecurityException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "TLS 1.3 cannot be set up from the " + keys + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * What a listening end uses that makes its own sockets or engines, such as an HTTP server's; to be used with
     * {@link #serverParameters()}.
     *
     * @return the context.
     */
    public SSLContext serverContext() {
        return server;
    }

    /**
     * What a connecting end uses that makes its own sockets or engines, such as an HTTP client; to be used with
     * {@link #clientParameters()}. Its trust manager looks for the certificate and not for the host's name.
     *
     * @return the context.
     */
    public SSLContext clientContext() {
        return client;
    }

    /**
     * How a listening end speaks.
     *
     * @return a new copy: TLS 1.3 only, a certificate asked for if {@link #CLIENT_AUTH} says so.
     */
    public SSLParameters serverParameters() {
        final SSLParameters parameters = clientParameters();
        parameters.setUseCipherSuitesOrder(true);
        if (asksClient) {
            parameters.setNeedClientAuth(true);
        }
        return parameters;
    }

    /**
     * How a connecting end speaks.
     *
     * @return a new copy: TLS 1.3 only.
     */
    public SSLParameters clientParameters() {
        return new SSLParameters(choosesSuites ? SUITES.clone() : null, new String[] {PROTOCOL});
    }

    /**
     * An engine for an accepted connection.
     *
     * @return a new engine that has not begun its handshake.
     */
    public SSLEngine serverEngine() {
        final SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(serverParameters());
        return engine;
    }

    /**
     * An engine for a connection that was asked for here.
     *
     * @return a new engine that has not begun its handshake.
     */
    public SSLEngine clientEngine() {
        final SSLEngine engine = client.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setSSLParameters(clientParameters());
        return engine;
    }

    /**
     * TLS over an accepted socket. Does not block: the handshake is the caller's to start.
     *
     * @param socket connected; owned by the returned socket, which closes it.
     * @return a new socket that has not begun its handshake.
     * @throws IOException if the socket is not connected any more.
     */
    public SSLSocket serverSocket(final Socket socket) throws IOException {
        final SSLSocket over = over(server, socket);
        over.setUseClientMode(false);
        over.setSSLParameters(serverParameters());
        return over;
    }

    /**
     * TLS over a socket that was connected here. Does not block: the handshake is the caller's to start.
     *
     * @param socket connected; owned by the returned socket, which closes it.
     * @return a new socket that has not begun its handshake.
     * @throws IOException if the socket is not connected any more.
     */
    public SSLSocket clientSocket(final Socket socket) throws IOException {
        final SSLSocket over = over(client, socket);
        over.setUseClientMode(true);
        over.setSSLParameters(clientParameters());
        return over;
    }

    /**
     * Which buffers the provider works best on.
     *
     * @return true for buffers outside the heap, false for arrays.
     */
    public boolean prefersNativeMemory() {
        return !choosesSuites;
    }

    /** Without a host and a port, under which a client would find the session of an earlier connection. */
    private static SSLSocket over(final SSLContext context, final Socket socket) throws IOException {
        if (context.getSocketFactory().createSocket(socket, null, -1, true) instanceof SSLSocket over) {
            return over;
        }
        throw new IOException("the provider's sockets are not TLS sockets");
    }

    /** The JDK gives no ticket for a session that would outlive the seven days of the standard; Conscrypt takes none back. */
    private static SSLContext withoutTickets(final SSLContext listening) {
        listening.getServerSessionContext().setSessionTimeout(LONGEST_TICKET_SECONDS + 1);
        return listening;
    }

    private static SSLContext context(
            final @Nullable Provider provider, final KeyManager[] keys, final TrustManager[] trust)
            throws GeneralSecurityException {
        final SSLContext context =
                provider == null ? SSLContext.getInstance(PROTOCOL) : SSLContext.getInstance(PROTOCOL, provider);
        context.init(keys, trust, null);
        return context;
    }
}
