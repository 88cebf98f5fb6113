package io.fizeau.transports.tls.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.settings.Settings;
import io.fizeau.transports.keys.TestKeys;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two engines in one thread, and what they think of each other. */
@Timeout(60)
class TlsContextsIT {
    private static final int BUFFER_BYTES = 64 << 10;

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void shouldSpeakTheNewestTlsAndNothingOlder(final String provider) throws SSLException {
        final TlsContexts contexts = contexts(TestKeys.folder(), Map.of("provider", provider));
        final SSLEngine client = contexts.clientEngine();
        final SSLEngine server = contexts.serverEngine();
        shakeHands(client, server);
        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(server.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");

        final SSLEngine old = contexts.clientEngine();
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        old.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
        assertThatThrownBy(() -> shakeHands(old, contexts.serverEngine()))
                .isInstanceOf(SSLException.class)
                .satisfies(e -> assertThat(TlsErrors.reason(e)).startsWith("it does not speak TLS 1.3"));
    }

    @Test
    void shouldUnderstandTheOtherProvider() throws SSLException {
        final TlsContexts jdk = contexts(TestKeys.folder(), Map.of("clientAuth", "true"));
        final TlsContexts conscrypt =
                contexts(TestKeys.folder(), Map.of("provider", "conscrypt", "clientAuth", "true"));
        final SSLEngine ofJdk = jdk.serverEngine();
        shakeHands(conscrypt.clientEngine(), ofJdk);
        final SSLEngine ofConscrypt = conscrypt.serverEngine();
        shakeHands(jdk.clientEngine(), ofConscrypt);
        assertThat(ofJdk.getSession().getCipherSuite())
                .isEqualTo(ofConscrypt.getSession().getCipherSuite())
                .isEqualTo("TLS_AES_128_GCM_SHA256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void shouldShakeHandsInFullEachTime(final String provider) throws SSLException {
        final TlsContexts contexts = contexts(TestKeys.folder(), Map.of("provider", provider));
        final int first = shakeHands(contexts.clientEngine(), contexts.serverEngine());
        final int second = shakeHands(contexts.clientEngine(), contexts.serverEngine());
        assertThat(second)
                .as("bytes from the server, most of them its certificate")
                .isGreaterThan(first - 50);
    }

    @ParameterizedTest
    @CsvSource({"jdk,jdk", "jdk,conscrypt", "conscrypt,jdk", "conscrypt,conscrypt"})
    void shouldNotTakeAClientForWhomItMetBefore(final String provider, final String clientProvider)
            throws SSLException {
        final TlsContexts listening = contexts(TestKeys.folder(), Map.of("provider", provider, "clientAuth", "true"));
        final TlsContexts connecting =
                contexts(TestKeys.folder(), Map.of("provider", clientProvider, "clientAuth", "true"));
        final List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            final SSLEngine client = connecting.clientContext().createSSLEngine("server.example", 443);
            client.setUseClientMode(true);
            client.setSSLParameters(connecting.clientParameters());
            final SSLEngine server = listening.serverEngine();
            sent.add(shakeHands(client, server));
            assertThat(server.getSession().getPeerCertificates()).hasSize(1);
        }
        assertThat(sent)
                .as("bytes from the server, most of them its certificate")
                .allSatisfy(bytes -> assertThat(bytes).isGreaterThan(sent.get(0) - 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void shouldRefuseACertificateThatIsNotTrusted(final String provider) {
        refuses(provider, TestKeys.foreign(), "is not one that this end trusts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void shouldRefuseACertificateThatHasExpired(final String provider) {
        final TlsContexts expired = contexts(TestKeys.expired(), Map.of("provider", provider));
        assertThatThrownBy(() -> shakeHands(expired.clientEngine(), expired.serverEngine()))
                .isInstanceOf(SSLException.class)
                .satisfies(e -> assertThat(TlsErrors.reason(e)).contains("expired on"));
        refuses(provider, TestKeys.early(), "is not valid before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void shouldVerifyTheClientWhereThatIsAskedFor(final String provider) throws SSLException {
        final TlsContexts mutual = contexts(TestKeys.folder(), Map.of("provider", provider, "clientAuth", "true"));
        final SSLEngine server = mutual.serverEngine();
        shakeHands(mutual.clientEngine(), server);
        assertThat(server.getSession().getPeerCertificates()).hasSize(1);

        final TlsContexts nobody = contexts(TestKeys.folder(), Map.of("provider", provider));
        assertThatThrownBy(() -> shakeHands(nobody.clientEngine(), mutual.serverEngine()))
                .isInstanceOf(SSLException.class)
                .satisfies(e -> assertThat(TlsErrors.reason(e)).contains("it showed no certificate"));
    }

    private static void refuses(final String provider, final Path keys, final String why) {
        final TlsContexts ours = contexts(TestKeys.folder(), Map.of("provider", provider));
        final TlsContexts theirs = contexts(keys, Map.of("provider", provider));
        assertThatThrownBy(() -> shakeHands(ours.clientEngine(), theirs.serverEngine()))
                .isInstanceOf(SSLException.class)
                .satisfies(e -> assertThat(TlsErrors.reason(e)).contains(why).doesNotContain("\n"));
    }

    private static TlsContexts contexts(final Path keys, final Map<String, String> options) {
        final Map<String, String> given = new LinkedHashMap<>(options);
        given.put("keys", keys.toString());
        return TlsContexts.of(Settings.of("tls", TlsContexts.options(), given));
    }

    /** Returns how many bytes the server sent. */
    private static int shakeHands(final SSLEngine client, final SSLEngine server) throws SSLException {
        final ByteBuffer toServer = ByteBuffer.allocate(BUFFER_BYTES);
        final ByteBuffer toClient = ByteBuffer.allocate(BUFFER_BYTES);
        client.beginHandshake();
        server.beginHandshake();
        int sent = 0;
        for (int turn = 0; turn < 100; turn++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            sent += toClient.position();
            if (isDone(client) && isDone(server) && toClient.position() == 0 && toServer.position() == 0) {
                return sent;
            }
        }
        throw new AssertionError(
                "no end of the handshake: " + client.getHandshakeStatus() + ", " + server.getHandshakeStatus());
    }

    private static boolean isDone(final SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(final SSLEngine engine, final ByteBuffer in, final ByteBuffer out) throws SSLException {
        final ByteBuffer application = ByteBuffer.allocate(BUFFER_BYTES);
        for (int i = 0; i < 100; i++) {
            final HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                engine.wrap(ByteBuffer.allocate(0), out);
            } else {
                in.flip();
                final SSLEngineResult result = engine.unwrap(in, application);
                in.compact();
                if (result.bytesConsumed() == 0 && !isMore(engine)) {
                    return;
                }
            }
        }
    }

    private static boolean isMore(final SSLEngine engine) {
        final HandshakeStatus status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP;
    }
}
