package io.fizeau.transports.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.keys.TestKeys;
import io.fizeau.transports.tls.context.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever is not what TLS asks for is refused and counted, named in one line at the end that refuses, and costs nobody else
 * anything.
 */
@Timeout(60)
class HostileTlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path OURS = TestKeys.folder();
    private static final byte[] TLS_RECORD_OF_A_LONG_HELLO = {
        22, 3, 1, 0x40, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff
    };

    static Stream<String> transports() {
        return Stream.of(
                "tls-nio?",
                "tls-nio?driving=own&provider=conscrypt&",
                "tls-blocking?",
                "tls-blocking?provider=conscrypt&");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAServerWhoseCertificateIsNotTrusted(final String transport) {
        try (EchoServer server = new EchoServer(transport + "keys=" + OURS);
                EchoClient friend = new EchoClient(transport + "keys=" + OURS, server.address()).opened();
                RefusedClient client = new RefusedClient(transport + "keys=" + TestKeys.foreign(), server.address())) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertOneLine(client.complaints(), "is not one that this end trusts");
            assertRejected(server, 1, "");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAServerWhoseCertificateHasExpired(final String transport) {
        try (EchoServer server = new EchoServer(transport + "keys=" + TestKeys.expired());
                RefusedClient client = new RefusedClient(transport + "keys=" + TestKeys.expired(), server.address())) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertOneLine(client.complaints(), "expired on");
            assertRejected(server, 1, "");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAClientWhoseCertificateIsNotTrusted(final String transport) {
        refusesClient(
                transport,
                "clientAuth=true&keys=" + TestKeys.trusting(TestKeys.foreign()),
                "is not one that this end trusts");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAClientWhoseCertificateHasExpired(final String transport) {
        refusesClient(transport, "clientAuth=true&keys=" + TestKeys.trusting(TestKeys.expired()), "expired on");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAClientWithoutACertificateWhereOneIsAskedFor(final String transport) {
        refusesClient(transport, "keys=" + OURS, "it showed no certificate");
    }

    private static void refusesClient(final String transport, final String clientOptions, final String why) {
        final String mutual = transport + "clientAuth=true&keys=" + OURS;
        try (EchoServer server = new EchoServer(mutual);
                EchoClient friend = new EchoClient(mutual, server.address()).opened();
                RefusedClient client = new RefusedClient(transport + clientOptions, server.address())) {
            // In TLS 1.3 a client has finished before its certificate is looked at; what it hears depends on what the
            // server's kernel had not read of it yet.
            assertThat(client.awaitEnd()).isIn(CloseReason.PROTOCOL_ERROR, CloseReason.PEER_LOST);
            assertRejected(server, 1, why);
            friend.roundTrip(32);
            assertThat(server.ends()).as("the handler never met it").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseWhoSpeaksNoTls(final String transport) throws IOException {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                RefusedClient plain = new RefusedClient("tcp-nio", server.address())) {
            assertThat(plain.awaitEnd())
                    .isIn(CloseReason.PEER_CLOSED, CloseReason.PEER_LOST, CloseReason.PROTOCOL_ERROR);
            assertRejected(server, 1, "it does not speak TLS");
            try (Socket web = connect(server.address())) {
                web.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                awaitEnd(web);
            }
            assertRejected(server, 2, "it does not speak TLS");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotBelieveAServerThatSpeaksNoTls(final String transport) {
        try (EchoServer server = new EchoServer("tcp-nio");
                EchoClient friend = new EchoClient("tcp-nio", server.address()).opened();
                RefusedClient client = new RefusedClient(transport + "keys=" + OURS, server.address())) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertOneLine(client.complaints(), "start both ends with the same transport");
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAClientOfAnOlderTls(final String transport) throws Exception {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                Socket below = connect(server.address());
                SSLSocket old =
                        (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(below, null, -1, true)) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatHandshakeFails(old);
            assertRejected(server, 1, "it does not speak TLS 1.3");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAServerOfAnOlderTls(final String transport) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RefusedClient client = new RefusedClient(
                        transport + "keys=" + OURS, new HostPort("127.0.0.1", listener.getLocalPort()))) {
            final Thread server = new Thread(() -> serveOldTls(listener));
            server.start();
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertOneLine(client.complaints(), "refused 127.0.0.1:" + listener.getLocalPort());
            server.join();
        }
    }

    private static void serveOldTls(final ServerSocket listener) {
        try (Socket below = listener.accept();
                SSLSocket old =
                        (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(below, null, -1, true)) {
            old.setUseClientMode(false);
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatHandshakeFails(old);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotBeHeldUpByWhoNeverFinishesTheHandshake(final String transport) throws IOException {
        final String spec = transport + "connectTimeout=400ms&keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                Socket silent = connect(server.address());
                Socket stammering = connect(server.address());
                Socket deaf = connect(server.address())) {
            stammering.getOutputStream().write(TLS_RECORD_OF_A_LONG_HELLO, 0, 3);
            deaf.getOutputStream().write(ClientHello.bytes(OURS));
            friend.roundTrip(32);
            awaitEnd(silent);
            awaitEnd(stammering);
            awaitEnd(deaf);
            assertRejected(server, 3, "its handshake took longer than 400 ms");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCountWhoLeavesInTheMiddleOfTheHandshake(final String transport) throws IOException {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened()) {
            connect(server.address()).close(); // without a word: that is nobody's business
            try (Socket leaving = connect(server.address())) {
                final byte[] hello = ClientHello.bytes(OURS);
                leaving.getOutputStream().write(hello, 0, hello.length / 2);
            }
            assertRejected(server, 1, "it ended the connection in the handshake");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotWaitForAServerThatNeverFinishesTheHandshake(final String transport) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Thread server = new Thread(() -> drip(listener));
            server.start();
            try (RefusedClient client = new RefusedClient(
                    transport + "connectTimeout=400ms&keys=" + OURS,
                    new HostPort("127.0.0.1", listener.getLocalPort()))) {
                assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
                assertOneLine(client.complaints(), "its handshake took longer than 400 ms");
            }
            server.join();
        }
    }

    /** Each byte comes in time, the record they are of never does. */
    private static void drip(final ServerSocket listener) {
        try (Socket client = listener.accept()) {
            client.setSoTimeout(20);
            client.getOutputStream().write(TLS_RECORD_OF_A_LONG_HELLO, 0, 5);
            while (!isEndedWithinTimeout(client)) {
                client.getOutputStream().write(1);
            }
        } catch (final SocketException e) {
            assertThat(e).as("the client has left").hasNoCause();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isEndedWithinTimeout(final Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (final SocketTimeoutException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotGatherAHandshakeWithoutEnd(final String transport) throws IOException {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                Socket flood = connect(server.address())) {
            final byte[] record = new byte[5 + 0x4000];
            System.arraycopy(TLS_RECORD_OF_A_LONG_HELLO, 0, record, 0, TLS_RECORD_OF_A_LONG_HELLO.length);
            // Sixteen megabytes are announced; the server is to leave long before they are there.
            int records = 0;
            try {
                for (; records < 1024; records++) {
                    flood.getOutputStream().write(record);
                }
            } catch (final SocketException e) {
                assertThat(records).isLessThan(1024);
            }
            assertRejected(server, 1, "its TLS is wrong");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNeverDeliverWhatWasAltered(final String transport) throws IOException {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                Meddler meddler = new Meddler(server.address());
                RefusedClient victim = new RefusedClient(spec, meddler.address()).opened()) {
            victim.send();
            victim.awaitMessage();
            meddler.alter();
            victim.send();
            assertRejected(server, 1, "its TLS is wrong");
            assertThat(server.ends()).containsExactly(CloseReason.PROTOCOL_ERROR);
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTellAStreamThatWasCutOffFromOneThatEnded(final String transport) throws IOException {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec)) {
            try (EchoClient client = new EchoClient(spec, server.address()).opened()) {
                client.roundTrip(64);
            }
            await().atMost(PATIENCE).until(() -> server.ends().size() == 1);
            try (Meddler meddler = new Meddler(server.address());
                    EchoClient victim = new EchoClient(spec, meddler.address()).opened()) {
                victim.roundTrip(64);
                meddler.cutOff();
                assertThat(victim.awaitEnd()).isEqualTo(CloseReason.PEER_LOST);
                await().atMost(PATIENCE).until(() -> server.ends().size() == 2);
            }
            assertThat(server.ends()).containsExactly(CloseReason.PEER_CLOSED, CloseReason.PEER_LOST);
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-nio?", "tls-nio?driving=own&wait=select&", "tls-nio?provider=conscrypt&"})
    void shouldNotMakeNewKeysWithoutEnd(final String transport) throws IOException {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                Socket below = connect(server.address());
                SSLSocket flood = contexts().clientSocket(below)) {
            flood.startHandshake();
            flood.getOutputStream()
                    .write(Framing.introduction(friend.connection().maxMessageBytes()));
            int requests = 0;
            try {
                for (; requests < 100_000; requests++) {
                    flood.startHandshake();
                }
            } catch (final SocketException | SSLException e) {
                assertThat(requests).isPositive();
            }
            assertThat(requests).isLessThan(100_000);
            assertRejected(server, 1, "");
            friend.roundTrip(32);
        }
    }

    private static TlsContexts contexts() {
        return TlsContexts.of(Settings.of("flood", TlsContexts.options(), Map.of("keys", OURS.toString())));
    }

    private static void assertRejected(final EchoServer server, final int count, final String why) {
        await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == count);
        await().atMost(PATIENCE).until(() -> server.errors().size() >= count);
        assertThat(server.errors())
                .hasSize(count)
                .last()
                .satisfies(error -> assertThat(error.getMessage())
                        .contains(why, " refused 127.0.0.1:")
                        .doesNotContain("\n"));
    }

    private static void assertOneLine(final List<String> complaints, final String why) {
        assertThat(complaints)
                .singleElement()
                .satisfies(line -> assertThat(line).contains(why).doesNotContain("\n"));
    }

    private static void assertThatHandshakeFails(final SSLSocket old) throws IOException {
        old.setSoTimeout((int) PATIENCE.toMillis());
        try {
            old.startHandshake();
        } catch (final SSLException | SocketException e) {
            return;
        }
        throw new AssertionError("TLS 1.2 was spoken");
    }

    private static void awaitEnd(final Socket stranger) throws IOException {
        try {
            while (stranger.getInputStream().read() >= 0) {
                // What the server says before it leaves is its own affair.
            }
        } catch (final SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static Socket connect(final Address address) throws IOException {
        final Socket socket = new Socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(((HostPort) address).resolve());
        return socket;
    }
}
