package io.fizeau.transports.tcpnio;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.EchoServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without framing, any program that opens a socket can be the peer. */
@Timeout(60)
class UnframedIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-nio?framing=none",
                "tcp-nio?framing=none&wait=select",
                "tcp-nio?framing=none&driving=own&sends=gathered"
            })
    void shouldSendEverythingBackToAPeerThatShutsItsSideDown(final String spec) throws Exception {
        final long seed = System.nanoTime();
        final byte[] sent = new byte[8 << 20];
        new Random(seed).nextBytes(sent);
        try (EchoServer server = new EchoServer(spec);
                Socket socket = connect(server)) {
            final CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(socket, sent));
            final byte[] echoed = socket.getInputStream().readAllBytes();
            sender.get(10, TimeUnit.SECONDS);
            assertThat(echoed).as("seed %d", seed).isEqualTo(sent);
            Awaitility.await().until(() -> server.ends().contains(CloseReason.PEER_CLOSED));
            assertThat(server.listener().rejectedCount()).isZero();
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void shouldTakeAnythingForAMessage() throws IOException {
        try (EchoServer server = new EchoServer("tcp-nio?framing=none")) {
            for (final String greeting :
                    new String[] {"GET / HTTP/1.1\r\n\r\n", "\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff\u00ff"}) {
                try (Socket socket = connect(server)) {
                    final byte[] bytes = greeting.getBytes(StandardCharsets.ISO_8859_1);
                    socket.getOutputStream().write(bytes);
                    assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
                }
            }
        }
    }

    private static void send(final Socket socket, final byte[] bytes) {
        try {
            final OutputStream out = socket.getOutputStream();
            out.write(bytes);
            socket.shutdownOutput();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(final EchoServer server) throws IOException {
        final HostPort address = (HostPort) server.address();
        final Socket socket = new Socket(address.host(), address.port());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
