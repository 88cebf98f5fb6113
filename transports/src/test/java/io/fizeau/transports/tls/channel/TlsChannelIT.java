package io.fizeau.transports.tls.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.keys.TestKeys;
import io.fizeau.transports.nio.ConnectionChannel;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.tls.context.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A channel that one thread drives, and at its other end a socket of the JDK's TLS. */
@Timeout(60)
class TlsChannelIT {
    private static final TlsContexts CONTEXTS = TlsContexts.of(Settings.of(
            "channel", TlsContexts.options(), Map.of("keys", TestKeys.folder().toString())));
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
    private SocketChannel below;
    private SocketChannel socket;
    private SSLSocket peer;
    private ConnectionChannel channel;

    @BeforeEach
    void connect() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            below = SocketChannel.open();
            below.setOption(StandardSocketOptions.SO_RCVBUF, 16 << 10);
            below.connect(listener.getLocalAddress());
            socket = listener.accept();
            socket.setOption(StandardSocketOptions.SO_SNDBUF, 16 << 10);
        }
        socket.configureBlocking(false);
        channel = new TlsChannels(CONTEXTS, true).channel(socket, HostPort.loopback(), true);
        peer = CONTEXTS.clientSocket(below.socket());
        final Thread client = new Thread(this::shakeHands);
        client.start();
        while (!channel.handshake()) {
            Thread.onSpinWait();
        }
        client.join();
    }

    private void shakeHands() {
        try {
            peer.startHandshake();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        below.close();
    }

    @Test
    void shouldAnswerARequestForNewKeysAndGoOn() throws IOException {
        for (int i = 0; i < 200; i++) {
            askForNewKeys();
            peer.getOutputStream().write(i);
            assertThat(readByte()).isEqualTo((byte) i);
            channel.write(NOTHING);
            assertThat(channel.wantsWrite()).isFalse();
            assertThat(channel.write(ByteBuffer.wrap(new byte[] {(byte) i}))).isEqualTo(1);
            assertThat(peer.getInputStream().read()).isEqualTo(i);
        }
    }

    @Test
    void shouldRefuseWhoAsksForNewKeysAndTakesNoAnswer() throws IOException {
        for (int refused = 0; refused < 1000; refused++) {
            if (channel.write(bytes.clear()) > 0) {
                refused = 0;
            }
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        askForNewKeys();
                        peer.getOutputStream().write(i);
                        assertThat(readByte()).isEqualTo((byte) i);
                        channel.write(NOTHING);
                    }
                })
                .isInstanceOf(PeerRefusedException.class)
                .hasMessageContaining("requests for new keys");
    }

    @Test
    void shouldRefuseWhoSaysNothingButAsksForNewKeys() throws IOException {
        for (int i = 0; i < 200; i++) {
            askForNewKeys();
        }
        assertThatThrownBy(this::readByte)
                .isInstanceOf(PeerRefusedException.class)
                .hasMessageContaining("requests for new keys");
    }

    @Test
    void shouldHoldNoBufferForWhoHasNotFinishedTheHandshake() throws IOException {
        final AtomicInteger made = new AtomicInteger();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel silent = SocketChannel.open(listener.getLocalAddress());
                    SocketChannel accepted = listener.accept()) {
                accepted.configureBlocking(false);
                final TlsChannel waiting =
                        new TlsChannel(accepted, CONTEXTS.serverEngine(), buffer(), buffer(), buffer(), () -> {
                            made.incrementAndGet();
                            return buffer();
                        });
                assertThat(waiting.handshake()).isFalse();
                silent.write(ByteBuffer.wrap(new byte[] {22, 3, 1}));
                assertThat(waiting.handshake()).isFalse();
                assertThat(made).hasValue(0);
            }
        }
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(68 << 10);
    }

    /** That is what the JDK makes of a second handshake. */
    private void askForNewKeys() throws IOException {
        peer.startHandshake();
    }

    private byte readByte() throws IOException {
        bytes.clear().limit(1);
        while (channel.read(bytes) == 0) {
            Thread.onSpinWait();
        }
        return bytes.get(0);
    }
}
