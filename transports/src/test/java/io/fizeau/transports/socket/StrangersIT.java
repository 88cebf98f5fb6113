package io.fizeau.transports.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import io.fizeau.transports.framing.Framing;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not speak the protocol of a TCP transport's listener costs his own connection, and nothing else. */
@Timeout(60)
class StrangersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_MESSAGE = SocketOptions.MAX_MESSAGE.defaultValue();
    private static final int INTRODUCED_BYTES = Framing.INTRODUCTION_BYTES + Framing.HEADER_BYTES;
    private static final int CLAIMING_PEERS = 64;

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-nio?wait=select", "tcp-nio?driving=own", "tcp-blocking"})
    void shouldCloseAndCountWhoStartsWithGarbage(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened()) {
            friend.roundTrip(32);
            assertRejected(server, "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII), 1);
            assertRejected(server, new byte[] {5, 0, 0, 0, 1, 2, 3, 4, 5}, 2);
            assertRejected(server, new byte[] {'F', 'I', 'Z', 99}, 3);
            friend.roundTrip(32);
            assertThat(server.ends()).as("the handler never met them").isEmpty();
            assertThat(server.listener().acceptedCount()).isEqualTo(4);
            assertNamed(server, 3, "its first bytes are not those of a peer with maxMessage=1048576");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-nio?wait=select-now", "tcp-blocking"})
    void shouldCloseAndCountWhoSendsALengthOutsideTheLimits(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened()) {
            assertRejected(server, introducedWith(-1), 1);
            assertRejected(server, introducedWith(MAX_MESSAGE + 1), 2);
            assertRejected(server, introducedWith(Integer.MAX_VALUE), 3);
            friend.roundTrip(32);
            await().atMost(PATIENCE).until(() -> server.ends().size() == 3);
            assertThat(server.ends()).containsOnly(CloseReason.PROTOCOL_ERROR);
            assertNamed(server, 3, "is no message of 0 to maxMessage=1048576 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio?connectTimeout=3s", "tcp-blocking?connectTimeout=3s"})
    void shouldNotBeHeldUpByWhoSaysNothing(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec);
                Socket silent = connect(server);
                Socket stammering = connect(server);
                EchoClient friend = new EchoClient(spec, server.address()).opened()) {
            stammering.getOutputStream().write(Framing.introduction(MAX_MESSAGE), 0, 5);
            friend.roundTrip(32);
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 2);
            assertThat(isEnded(silent)).isTrue();
            assertNamed(server, 2, "its introduction took longer than 3000 ms");
            friend.roundTrip(32);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldNotCountWhoLeavesWithoutAWord(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec)) {
            connect(server).close();
            await().atMost(PATIENCE).until(() -> server.listener().acceptedCount() == 1);
            try (EchoClient friend = new EchoClient(spec, server.address()).opened()) {
                friend.roundTrip(32);
            }
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldRejectAPeerWithAnotherLongestMessage(final String spec) {
        try (EchoServer server = new EchoServer(spec);
                EchoClient other = new EchoClient(spec + "?maxMessage=2m", server.address())) {
            assertThat(other.awaitEnd()).isIn(CloseReason.PEER_CLOSED, CloseReason.PEER_LOST);
            assertThat(server.listener().rejectedCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldCallAPeerLostWhoStopsInTheMiddleOfAMessage(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec)) {
            try (Socket peer = connect(server)) {
                peer.getOutputStream().write(introducedWith(100));
            }
            await().atMost(PATIENCE).until(() -> !server.ends().isEmpty());
            assertThat(server.ends()).containsExactly(CloseReason.PEER_LOST);
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-nio?wait=select-now", "tcp-nio?wait=select"})
    void shouldHoldWhatHasComeAndNotWhatIsClaimed(final String spec) throws IOException {
        final List<Socket> peers = new ArrayList<>();
        try (EchoServer server = new EchoServer(spec);
                EchoClient friend = new EchoClient(spec, server.address()).opened()) {
            friend.roundTrip(MAX_MESSAGE);
            final byte[] begun = new byte[4_096];
            System.arraycopy(introducedWith(MAX_MESSAGE), 0, begun, 0, INTRODUCED_BYTES);
            final long before = directBytes();
            for (int i = 0; i < CLAIMING_PEERS; i++) {
                final Socket peer = connect(server);
                peers.add(peer);
                peer.getOutputStream().write(begun);
            }
            await().atMost(PATIENCE).until(() -> server.listener().acceptedCount() == CLAIMING_PEERS + 1);
            friend.roundTrip(32);
            // A little more makes the node look for room once more.
            for (final Socket peer : peers) {
                peer.getOutputStream().write(new byte[4_096]);
            }
            friend.roundTrip(32);
            friend.roundTrip(32);
            assertThat(directBytes() - before).isLessThan((long) CLAIMING_PEERS * MAX_MESSAGE / 8);
            final Socket last = peers.get(CLAIMING_PEERS - 1);
            last.getOutputStream().write(new byte[MAX_MESSAGE + INTRODUCED_BYTES - 2 * 4_096]);
            assertThat(last.getInputStream().readNBytes(Framing.HEADER_BYTES + MAX_MESSAGE))
                    .as("the echo, once it has come in full")
                    .hasSize(Framing.HEADER_BYTES + MAX_MESSAGE);
        } finally {
            for (final Socket peer : peers) {
                peer.close();
            }
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> "direct".equals(pool.getName()))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** The node's error handler is told before the peer can see its end. */
    private static void assertNamed(final EchoServer server, final int count, final String why) {
        assertThat(server.errors())
                .hasSize(count)
                .allSatisfy(error -> assertThat(error)
                        .hasMessageContaining(" refused 127.0.0.1:")
                        .hasMessageContaining(why)
                        .hasMessageNotContaining("\n"));
    }

    private static void assertRejected(final EchoServer server, final byte[] bytes, final int count)
            throws IOException {
        try (Socket stranger = connect(server)) {
            stranger.getOutputStream().write(bytes);
            assertThat(isEnded(stranger)).isTrue();
        }
        await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == count);
    }

    private static boolean isEnded(final Socket stranger) throws IOException {
        try {
            return stranger.getInputStream().read() < 0;
        } catch (final SocketException e) {
            return true; // a reset ends it too
        }
    }

    private static Socket connect(final EchoServer server) throws IOException {
        final Socket socket = new Socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(((HostPort) server.address()).resolve());
        return socket;
    }

    private static byte[] introducedWith(final int length) {
        return ByteBuffer.allocate(Framing.INTRODUCTION_BYTES + Framing.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Framing.introduction(MAX_MESSAGE))
                .putInt(length)
                .array();
    }
}
