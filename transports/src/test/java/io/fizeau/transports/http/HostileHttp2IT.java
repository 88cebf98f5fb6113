package io.fizeau.transports.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.Address;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.framing.Framing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same over HTTP/2, where requests of friend and foe may share a connection. */
@Timeout(60)
class HostileHttp2IT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_MESSAGE = 32 << 10;
    private static final String SPEC =
            "http2?maxMessage=32k&maxHeader=2k&connectTimeout=5s&requestTimeout=5s&liveness=60s";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;

    private final HttpClient web =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @Test
    void shouldRefuseASessionOverHttp1() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp old = new RawHttp(server.address())) {
            old.post("/fizeau/open", Framing.introduction(MAX_MESSAGE));
            assertThat(old.answer()).startsWith("HTTP/1.1 505");
            assertThat(old.isEnded()).isTrue();
            assertRefused(server, 1);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseFramesThatAreNone() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(PREFACE).send(EMPTY_SETTINGS).send(new byte[] {127, 127, 127, 0, 0, 0, 0, 0, 1});
            assertThat(stranger.isEnded()).isTrue();
            assertRefused(server, 1);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseAHeaderThatNeverEnds() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(PREFACE).send(EMPTY_SETTINGS).send(frame(HEADERS, 1024));
            int sent = 0;
            while (sent < 4096 && stranger.tries(frame(CONTINUATION, 1024))) {
                sent++;
            }
            assertThat(stranger.isEnded()).isTrue();
            assertRefused(server, 1);
            assertThat(sent).isLessThan(4096);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldNotWaitForAConnectionThatNeverBegins() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(PREFACE.substring(0, 10));
            assertThat(stranger.isEnded()).isTrue();
            assertRefused(server, 1);
            friend.roundTrip(32);
        }
    }

    /** By hand, because later clients of the JDK keep to the limit that they are told. */
    @Test
    void shouldRefuseAHeaderThatIsTooLong() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp2 stranger = new RawHttp2(server.address())) {
            final int unused = stranger.request("GET", "/fizeau", 80, new byte[0]);
            assertRefused(server, 1);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseABodyThatIsHuge() throws Exception {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened()) {
            greet(server.address());
            final HttpResponse<String> opened =
                    post(uri(server.address(), "/fizeau/open"), Framing.introduction(MAX_MESSAGE));
            assertThat(opened.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(opened.statusCode()).isEqualTo(201);
            try {
                assertThat(post(uri(server.address(), "/fizeau/" + opened.body()), new byte[10 << 20])
                                .statusCode())
                        .isEqualTo(413);
            } catch (final IOException e) {
                assertThat(e)
                        .as("the stream was reset before the answer was read")
                        .isNotNull();
            }
            assertRefused(server, 1);
            await().atMost(PATIENCE).until(() -> server.ends().contains(CloseReason.PROTOCOL_ERROR));
            friend.roundTrip(32);
        }
    }

    private void greet(final Address address) throws Exception {
        web.send(HttpRequest.newBuilder(uri(address, "/fizeau")).GET().build(), HttpResponse.BodyHandlers.discarding());
    }

    private HttpResponse<String> post(final URI uri, final byte[] body) throws Exception {
        return web.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(3))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(final Address address, final String path) {
        return URI.create("http://" + address.text() + path);
    }

    private static byte[] frame(final int type, final int bytes) {
        final byte[] frame = new byte[9 + bytes];
        frame[1] = (byte) (bytes >> Byte.SIZE);
        frame[2] = (byte) bytes;
        frame[3] = (byte) type;
        frame[8] = 1;
        return frame;
    }

    private static void assertRefused(final EchoServer server, final int count) {
        await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == count);
        await().atMost(PATIENCE).until(() -> !server.errors().isEmpty());
        assertThat(server.errors())
                .allSatisfy(error -> assertThat(error)
                        .hasMessageStartingWith("http2 refused 127.0.0.1:")
                        .hasMessageNotContaining("\n"));
    }
}
