package io.fizeau.transports.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.tls.RefusedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connecting end leaves a server that answers what no listening end of ours would, and says so. */
@Timeout(60)
class HostileServerIT {
    private static final int LEFT_MS = 3_000;
    private static final String NAME = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String OPENED = "HTTP/1.1 201 Created\r\nContent-Length: 22\r\n\r\n" + NAME;

    static Stream<Arguments> answers() {
        return Stream.of("http1?client=plain", "http1")
                .flatMap(spec -> Stream.of(
                        Arguments.of(spec, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ""),
                        Arguments.of(spec, "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", ""),
                        Arguments.of(spec, "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabc", ""),
                        Arguments.of(spec, OPENED, "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"),
                        Arguments.of(
                                spec,
                                OPENED,
                                "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\u00ff\u00ff\u00ff\u007fabcd"),
                        Arguments.of(
                                spec,
                                OPENED,
                                "HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n" + "\0".repeat(4 << 20))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldLeaveAServerThatAnswersWrongly(final String spec, final String first, final String second)
            throws Exception {
        final Thread server;
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            server = new Thread(() -> serve(listener, first, second));
            server.start();
            try (RefusedClient client =
                    new RefusedClient(spec, HostPort.of((InetSocketAddress) listener.getLocalSocketAddress()))) {
                assertThat(client.awaitEnd()).isEqualTo(CloseReason.PROTOCOL_ERROR);
                assertThat(client.complaints())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .contains("http1 refused 127.0.0.1:")
                                .doesNotContain("\n"));
            }
        }
        server.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1?client=plain&connectTimeout=300ms", "http1?connectTimeout=300ms"})
    void shouldNotWaitForAServerThatNeverAnswers(final String spec) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RefusedClient client =
                        new RefusedClient(spec, HostPort.of((InetSocketAddress) listener.getLocalSocketAddress()))) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.UNREACHABLE);
        }
    }

    /** Answers each request on a connection, whatever it is: the first of all with one answer, those after it with another. */
    private static void serve(final ServerSocket listener, final String first, final String second) {
        String answer = first;
        while (!listener.isClosed()) {
            try (Socket peer = listener.accept()) {
                // The JDK's client of release 17 leaves the connection open whose answer it does not read to the end.
                peer.setSoTimeout(LEFT_MS);
                final byte[] request = new byte[64 << 10];
                while (peer.getInputStream().read(request) > 0) {
                    peer.getOutputStream().write(answer.getBytes(ISO_8859_1));
                    answer = second;
                }
            } catch (final SocketException | SocketTimeoutException e) {
                assertThat(e).as("the peer has left, or the test is over").isNotNull();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
