package io.fizeau.transports.uds;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not speak the protocol costs his own connection, and nothing else. */
@Timeout(60)
class UdsStrangersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_MESSAGE = SocketOptions.MAX_MESSAGE.defaultValue();

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds?wait=block"})
    void shouldCloseAndCountWhoSendsGarbage(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened()) {
            friend.roundTrip(32);
            assertRejected(server, "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII), 1);
            assertRejected(server, new byte[] {5, 0, 0, 0, 1, 2, 3, 4, 5}, 2);
            assertRejected(server, introducedWith(-1), 3);
            assertRejected(server, introducedWith(MAX_MESSAGE + 1), 4);
            friend.roundTrip(32);
            await().atMost(PATIENCE).until(() -> server.ends().size() == 2);
            assertThat(server.ends()).containsOnly(CloseReason.PROTOCOL_ERROR);
            assertThat(server.errors())
                    .hasSize(4)
                    .allSatisfy(error -> assertThat(error)
                            .hasMessageStartingWith("uds refused ")
                            .hasMessageContaining(server.address().text())
                            .hasMessageNotContaining("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds?connectTimeout=300ms", "uds?wait=block&connectTimeout=300ms"})
    void shouldNotBeHeldUpByWhoSaysNothing(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec);
                SocketChannel silent = connect(server);
                EchoClient friend = new EchoClient("uds", server.address()).opened()) {
            friend.roundTrip(32);
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            assertThat(isEnded(silent)).isTrue();
            friend.roundTrip(32);
        }
    }

    private static void assertRejected(final EchoServer server, final byte[] bytes, final int count)
            throws IOException {
        try (SocketChannel stranger = connect(server)) {
            stranger.write(ByteBuffer.wrap(bytes));
            assertThat(isEnded(stranger)).isTrue();
        }
        assertThat(server.listener().rejectedCount()).isEqualTo(count);
    }

    private static boolean isEnded(final SocketChannel stranger) throws IOException {
        try {
            return stranger.read(ByteBuffer.allocate(16)) < 0;
        } catch (final SocketException e) {
            return true; // a reset ends it too
        }
    }

    private static SocketChannel connect(final EchoServer server) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(((LocalPath) server.address()).path()));
    }

    private static byte[] introducedWith(final int length) {
        return ByteBuffer.allocate(Framing.INTRODUCTION_BYTES + Framing.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Framing.introduction(MAX_MESSAGE))
                .putInt(length)
                .array();
    }
}
