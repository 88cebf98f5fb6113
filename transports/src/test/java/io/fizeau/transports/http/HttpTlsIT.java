package io.fizeau.transports.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.keys.TestKeys;
import io.fizeau.transports.tls.RefusedClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP over TLS: works between friends, and refuses, counts and names whoever is none. */
@Timeout(60)
class HttpTlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path OURS = TestKeys.folder();

    static Stream<String> transports() {
        return Stream.of(
                "http1?tls=true&liveness=60s&connectTimeout=30s&",
                "http1?client=plain&tls=true&liveness=60s&connectTimeout=30s&",
                "http2?tls=true&liveness=60s&connectTimeout=30s&");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCarryMessagesBetweenFriends(final String transport) {
        final String mutual = transport + "clientAuth=true&keys=" + OURS;
        try (EchoServer server = new EchoServer(mutual);
                EchoClient friend = new EchoClient(mutual, server.address()).opened()) {
            friend.roundTrip(32);
            friend.roundTrip(200_000);
            friend.roundTrip(1 << 20);
            assertThat(server.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAServerWhoseCertificateIsNotTrusted(final String transport) {
        try (EchoServer server = new EchoServer(transport + "keys=" + OURS);
                RefusedClient client = new RefusedClient(transport + "keys=" + TestKeys.foreign(), server.address())) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertOneLine(client.complaints(), "is not one that this end trusts");
            assertRejected(server, "");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAServerWhoseCertificateHasExpired(final String transport) {
        try (EchoServer server = new EchoServer(transport + "keys=" + TestKeys.expired());
                RefusedClient client = new RefusedClient(transport + "keys=" + TestKeys.expired(), server.address())) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertOneLine(client.complaints(), "expired on");
            assertRejected(server, "");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAClientWithoutACertificateWhereOneIsAskedFor(final String transport) {
        final String mutual = transport + "clientAuth=true&keys=" + OURS;
        try (EchoServer server = new EchoServer(mutual);
                EchoClient friend = new EchoClient(mutual, server.address()).opened();
                RefusedClient client = new RefusedClient(transport + "keys=" + OURS, server.address())) {
            assertThat(client.awaitEnd()).isNotIn(CloseReason.LOCAL, CloseReason.FAILED);
            assertRejected(server, "it showed no certificate");
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
                RawHttp plain = new RawHttp(server.address())) {
            plain.send("GET /fizeau HTTP/1.1" + RawHttp.HEAD_END + "\r\n");
            assertThat(plain.isEnded()).isTrue();
            assertRejected(server, "it does not speak TLS");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotBelieveAServerThatSpeaksNoTls(final String transport) {
        final String clear = transport.replace("tls=true&", "").replaceAll("&$", "");
        try (EchoServer server = new EchoServer(clear);
                EchoClient friend = new EchoClient(clear, server.address()).opened();
                RefusedClient client = new RefusedClient(transport + "keys=" + OURS, server.address())) {
            assertThat(client.awaitEnd()).isIn(CloseReason.PROTOCOL_ERROR, CloseReason.UNREACHABLE);
            assertRejected(server, "");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRefuseAClientOfAnOlderTls(final String transport) throws Exception {
        final String spec = transport + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                Socket below = RawHttp.connect(server.address());
                SSLSocket old =
                        (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(below, null, -1, true)) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatHandshakeFails(old);
            assertRejected(server, "it does not speak TLS 1.3");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotWaitForAHandshakeWithoutEnd(final String transport) throws IOException {
        final String spec = transport.replace("30s", "4s") + "keys=" + OURS;
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(new byte[] {22, 3, 1, 0x40, 0, 1});
            assertThat(stranger.isEnded()).isTrue();
            assertRejected(server, "");
            friend.roundTrip(32);
        }
    }

    private static void assertRejected(final EchoServer server, final String why) {
        await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
        await().atMost(PATIENCE).until(() -> !server.errors().isEmpty());
        assertThat(server.errors())
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .hasMessageContaining(" refused 127.0.0.1:")
                        .hasMessageContaining(why)
                        .hasMessageNotContaining("\n"));
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
        } catch (final SSLException | java.net.SocketException e) {
            return;
        }
        throw new AssertionError("TLS 1.2 was spoken");
    }
}
