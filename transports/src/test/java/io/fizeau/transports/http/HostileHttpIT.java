package io.fizeau.transports.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.framing.Framing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends no requests of ours, or ones that are too long, too slow or too many, is refused, counted and named; his neighbour notices nothing. */
@Timeout(60)
class HostileHttpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_MESSAGE = 32 << 10;
    private static final int MOST_BODY_BYTES = 64 << 10;
    private static final String SPEC =
            "http1?maxMessage=32k&maxHeader=2k&connectTimeout=3s&requestTimeout=2s&liveness=60s&client=plain";

    @ParameterizedTest
    @CsvSource({
        "GET /, 404",
        "GET /fizeau/open, 405",
        "PUT /fizeau/open, 405",
        "POST /fizeau/nobody-has-this-name-, 404",
        "POST /fizeau/../etc/passwd, 404",
        "DELETE /fizeau/nobody-has-this-name-, 404",
        "BREW /, 404"
    })
    void shouldRefuseARequestThatIsNotOfASession(final String what, final int status) throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(what + " HTTP/1.1" + RawHttp.HEAD_END + "Content-Length: 0\r\n\r\n");
            assertRefused(server, stranger, status);
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99999999999\r\n\r\n", "Content-Length: 70000\r\n\r\n"})
    void shouldRefuseABodyThatSaysItIsHuge(final String rest) throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address())) {
            final String session = peer.openSession(MAX_MESSAGE);
            peer.send("POST /fizeau/" + session + " HTTP/1.1" + RawHttp.HEAD_END + rest);
            assertRefused(server, peer, 413);
            assertThat(server.ends()).containsExactly(CloseReason.PROTOCOL_ERROR);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseABodyThatNeverEnds() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address())) {
            final String session = peer.openSession(MAX_MESSAGE);
            peer.send(
                    "POST /fizeau/" + session + " HTTP/1.1" + RawHttp.HEAD_END + "Transfer-Encoding: chunked\r\n\r\n");
            final byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int sentBytes = 0;
            while (server.listener().rejectedCount() == 0 && sentBytes < 64 * MOST_BODY_BYTES && peer.tries(chunk)) {
                sentBytes += chunk.length;
            }
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            assertThat(peer.isEnded()).isTrue();
            assertThat(server.ends()).containsExactly(CloseReason.PROTOCOL_ERROR);
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /fizeau HTTP/1.1\r\nX: ", "GET /", "BREW"})
    void shouldRefuseAHeadThatIsTooLong(final String start) throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(start + "y".repeat(8 << 10));
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            assertThat(stranger.answer()).startsWith("HTTP/1.1 4");
            assertThat(stranger.isEnded()).isTrue();
            assertNamed(server);
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /fizeau HTTP/1.1\r\nX: y"})
    void shouldNotWaitForAHeadThatTrickles(final String start) throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp stranger = new RawHttp(server.address())) {
            stranger.send(start);
            await().atMost(PATIENCE).until(() -> {
                stranger.tries(start.isEmpty() ? new byte[0] : new byte[] {'z'});
                return server.listener().rejectedCount() == 1;
            });
            assertThat(stranger.isEnded()).isTrue();
            assertNamed(server);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldNotWaitForABodyThatTrickles() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address())) {
            final String session = peer.openSession(MAX_MESSAGE);
            peer.send("POST /fizeau/" + session + " HTTP/1.1" + RawHttp.HEAD_END + "Content-Length: 5000\r\n\r\n");
            await().atMost(PATIENCE).until(() -> {
                peer.tries(new byte[1]);
                return server.listener().rejectedCount() == 1;
            });
            assertThat(peer.answer()).startsWith("HTTP/1.1 408");
            assertThat(peer.isEnded()).isTrue();
            assertThat(server.ends()).containsExactly(CloseReason.PROTOCOL_ERROR);
            assertNamed(server);
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, MAX_MESSAGE + 1, Integer.MAX_VALUE, 5})
    void shouldRefuseABodyThatIsNoRowOfMessages(final int length) throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address())) {
            final String session = peer.openSession(MAX_MESSAGE);
            final byte[] body = new byte[8];
            for (int i = 0; i < Integer.BYTES; i++) {
                body[i] = (byte) (length >> (Byte.SIZE * i));
            }
            peer.post("/fizeau/" + session, body);
            assertRefused(server, peer, 400);
            assertThat(server.ends()).containsExactly(CloseReason.PROTOCOL_ERROR);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseASecondRequestOfASessionWhileOneIsUnderWay() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address());
                RawHttp twin = new RawHttp(server.address())) {
            final String session = peer.openSession(MAX_MESSAGE);
            peer.send("POST /fizeau/" + session + " HTTP/1.1" + RawHttp.HEAD_END + "Content-Length: 8\r\n\r\n");
            peer.send(new byte[1]);
            await().atMost(PATIENCE).until(() -> {
                twin.post("/fizeau/" + session, new byte[0]);
                return twin.answer().startsWith("HTTP/1.1 409");
            });
            await().atMost(PATIENCE).until(() -> server.ends().contains(CloseReason.PROTOCOL_ERROR));
            assertNamed(server);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseAnotherLongestMessage() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                RawHttp peer = new RawHttp(server.address())) {
            peer.post("/fizeau/open", Framing.introduction(MAX_MESSAGE + 1));
            assertRefused(server, peer, 400);
            assertThat(server.listener().acceptedCount()).isZero();
        }
    }

    @Test
    void shouldRefuseMoreConnectionsThanMayBe() throws IOException {
        final String spec = SPEC + "&maxConnections=2";
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                RawHttp second = new RawHttp(server.address())) {
            second.openSession(MAX_MESSAGE);
            try (RawHttp third = new RawHttp(server.address())) {
                assertThat(third.isEnded()).isTrue();
            }
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            assertNamed(server);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldRefuseMoreSessionsThanMayBe() throws IOException {
        final String spec = SPEC + "&maxSessions=1";
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                EchoClient late = new EchoClient(spec, server.address());
                RawHttp peer = new RawHttp(server.address())) {
            assertThat(late.awaitEnd()).isEqualTo(CloseReason.UNREACHABLE);
            peer.post("/fizeau/open", Framing.introduction(MAX_MESSAGE));
            assertThat(peer.answer()).startsWith("HTTP/1.1 503");
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 2);
            assertNamed(server);
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldEndASessionThatSaysNothing() throws IOException {
        final String spec = "http1?liveness=1s&client=plain";
        try (EchoServer server = new EchoServer(spec);
                RawHttp peer = new RawHttp(server.address())) {
            peer.openSession(1 << 20);
            await().atMost(PATIENCE).until(() -> !server.ends().isEmpty());
            assertThat(server.ends()).containsExactly(CloseReason.PEER_LOST);
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    private static void assertRefused(final EchoServer server, final RawHttp peer, final int status)
            throws IOException {
        assertThat(peer.answer()).startsWith("HTTP/1.1 " + status);
        assertThat(server.listener().rejectedCount())
                .as("counted before the peer can see it")
                .isEqualTo(1);
        assertThat(peer.isEnded()).isTrue();
        assertThat(server.listener().rejectedCount()).isEqualTo(1);
        assertNamed(server);
    }

    private static void assertNamed(final EchoServer server) {
        await().atMost(PATIENCE).until(() -> !server.errors().isEmpty());
        assertThat(server.errors())
                .allSatisfy(error -> assertThat(error)
                        .hasMessageStartingWith("http1 refused 127.0.0.1:")
                        .hasMessageNotContaining("\n"));
    }
}
