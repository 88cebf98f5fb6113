package io.fizeau.transports.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has asked for something once is trusted no longer than requestTimeout with what he asks next. */
@Timeout(60)
class HttpSlowPeersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration THRICE_REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final String SPEC =
            "http1?maxMessage=32k&connectTimeout=60s&requestTimeout=1s&liveness=60s&client=plain";
    private static final String GET = "GET /fizeau HTTP/1.1" + RawHttp.HEAD_END;

    @Test
    void shouldNotWaitForALaterHeadThatTrickles() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address())) {
            proven(peer);
            peer.send(GET + "X: y");
            await().atMost(PATIENCE).until(() -> {
                peer.tries(new byte[] {'z'});
                return server.listener().rejectedCount() == 1;
            });
            assertThat(peer.isEnded()).isTrue();
            assertNamed(server, "header");
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldNotWaitForAnIntroductionThatNeverEnds() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                EchoClient friend = new EchoClient(SPEC, server.address()).opened();
                RawHttp peer = new RawHttp(server.address())) {
            proven(peer);
            peer.send("POST /fizeau/open HTTP/1.1" + RawHttp.HEAD_END + "Content-Length: 8\r\n\r\nF");
            assertThat(peer.answer()).startsWith("HTTP/1.1 408");
            assertThat(peer.isEnded()).isTrue();
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            assertNamed(server, "408");
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldKeepAConnectionThatOnlyWaitsBetweenRequests() throws IOException {
        try (EchoServer server = new EchoServer(SPEC);
                RawHttp peer = new RawHttp(server.address())) {
            proven(peer);
            await().during(THRICE_REQUEST_TIMEOUT)
                    .atMost(PATIENCE)
                    .until(() -> server.listener().rejectedCount() == 0);
            proven(peer);
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    private static void proven(final RawHttp peer) throws IOException {
        peer.send(GET + "\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 200");
    }

    private static void assertNamed(final EchoServer server, final String why) {
        await().atMost(PATIENCE).until(() -> !server.errors().isEmpty());
        assertThat(server.errors())
                .allSatisfy(error -> assertThat(error)
                        .hasMessageStartingWith("http1 refused 127.0.0.1:")
                        .hasMessageContaining(why)
                        .hasMessageNotContaining("\n"));
    }
}
