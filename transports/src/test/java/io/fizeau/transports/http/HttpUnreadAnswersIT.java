package io.fizeau.transports.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.framing.Framing;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that their peer asks for and does not take do not pile up. */
@Timeout(60)
class HttpUnreadAnswersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_MESSAGE = 32 << 10;
    private static final byte[] ROW_OF_ONE = {4, 0, 0, 0, 'e', 'c', 'h', 'o'};

    @Test
    void shouldRefuseWhoAsksOnAndOnAndTakesNoAnswer() throws IOException {
        final String spec = "http2?maxMessage=32k&liveness=60s";
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened();
                RawHttp2 peer = new RawHttp2(server.address())) {
            final String session = session(peer);
            peer.closeWindow();
            // One answer is on its way, and one waits for it.
            peer.await(RawHttp2.HEADERS, peer.request("POST", session, ROW_OF_ONE));
            peer.request("POST", session, ROW_OF_ONE);
            peer.await(RawHttp2.HEADERS, peer.request("POST", session, ROW_OF_ONE));
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            await().atMost(PATIENCE).until(() -> server.ends().contains(CloseReason.PROTOCOL_ERROR));
            assertThat(server.errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error).hasMessageContaining("two requests of a session at once"));
            friend.roundTrip(32);
        }
    }

    @Test
    void shouldGiveUpAnAnswerThatIsNotTaken() throws Exception {
        final String spec = "http2?maxMessage=32k&liveness=1s&connectTimeout=60s";
        try (EchoServer server = new EchoServer(spec);
                RawHttp2 peer = new RawHttp2(server.address())) {
            final String session = session(peer);
            peer.closeWindow();
            final int stream = peer.request("POST", session, ROW_OF_ONE);
            peer.await(RawHttp2.HEADERS, stream);
            final int waiting = peer.request("POST", session, ROW_OF_ONE);
            peer.await(RawHttp2.RESET, stream);
            peer.await(RawHttp2.HEADERS, waiting);
            await().atMost(PATIENCE).until(() -> server.ends().contains(CloseReason.PEER_LOST));
            // What others do on the same connection goes on.
            peer.await(RawHttp2.HEADERS, peer.request("GET", "/fizeau", new byte[0]));
        }
    }

    private static String session(final RawHttp2 peer) throws IOException {
        final int stream = peer.request("POST", "/fizeau/open", Framing.introduction(MAX_MESSAGE));
        return "/fizeau/" + US_ASCII.decode(peer.await(RawHttp2.DATA, stream).body());
    }
}
