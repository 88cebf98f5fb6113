package io.fizeau.transports.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is Aeron's own: many peers at one endpoint, addresses that are taken, strangers, and what dead processes leave. */
@Timeout(90)
class AeronLifeIT {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int CLIENTS = 100;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aeron-udp?term=64k&connectTimeout=30s", "aeron-ipc?term=64k&connectTimeout=30s"})
    void shouldServeAHundredClientsOnOneNode(final String spec) {
        final Node server = open(spec);
        final Listener listener = listen(server, spec);
        final Node client = open(spec);
        final AtomicInteger answers = new AtomicInteger();
        final List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            connections.add(client.connect(listener.address(), (connection, buffer, offset, length) -> {
                assertThat(connection.attachment()).isEqualTo(buffer.getInt(offset));
                answers.incrementAndGet();
                return Delivery.CONSUMED;
            }));
        }
        drive(() -> connections.stream().allMatch(connection -> connection.state() == ConnectionState.OPEN));
        final UnsafeBuffer message = new UnsafeBuffer(new byte[Integer.BYTES]);
        for (int i = 0; i < CLIENTS; i++) {
            connections.get(i).attach(i);
            message.putInt(0, i);
            assertThat(connections.get(i).send(message, 0, Integer.BYTES)).isEqualTo(SendStatus.ACCEPTED);
        }
        drive(() -> answers.get() == CLIENTS);
        assertThat(listener.acceptedCount()).isEqualTo(CLIENTS);
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aeron-udp", "aeron-ipc"})
    void shouldSayThatAnAddressIsTaken(final String spec) {
        final Node server = open(spec);
        final Address taken = listen(server, spec).address();
        assertThatThrownBy(() -> server.listen(taken, AeronLifeIT::echo))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("taken");
        final Node other = open(spec);
        assertThatThrownBy(() -> other.listen(taken, AeronLifeIT::echo))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("taken");
    }

    @Test
    void shouldSayThatAnAddressIsNotOfThisHost() {
        final Node server = open("aeron-udp");
        assertThatThrownBy(() -> server.listen(HostPort.parse("192.0.2.1:4000"), AeronLifeIT::echo))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("192.0.2.1:4000");
    }

    @Test
    void shouldLiveOnWhenStrangersSendGarbage() throws IOException {
        final Node server = open("aeron-udp");
        final Listener listener = listen(server, "aeron-udp");
        final int port = ((HostPort) listener.address()).port();
        try (DatagramSocket stranger = new DatagramSocket()) {
            final byte[] garbage = new byte[200];
            for (int i = 0; i < 256; i++) {
                Arrays.fill(garbage, (byte) i);
                stranger.send(new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(), port));
            }
        }
        final Node client = open("aeron-udp");
        final AtomicInteger answers = new AtomicInteger();
        final Connection connection = client.connect(listener.address(), (from, buffer, offset, length) -> {
            answers.incrementAndGet();
            return Delivery.CONSUMED;
        });
        drive(() -> connection.state() == ConnectionState.OPEN);
        assertThat(connection.send(new UnsafeBuffer(new byte[8]), 0, 8)).isEqualTo(SendStatus.ACCEPTED);
        drive(() -> answers.get() == 1);
    }

    @Test
    void shouldNameTheLimitOfSocketBuffers() {
        assertThatThrownBy(() -> open("aeron-udp?socketBuffer=256m"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("socketBuffer=268435456")
                .hasMessageContaining("net.core.rmem_max");
    }

    @Test
    void shouldSweepWhatADeadProcessLeftAndRemoveItsOwn() throws IOException {
        final Path parent = Files.isDirectory(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of("/tmp");
        // Greater than any process id that Linux gives.
        final Path stale = Files.createDirectories(parent.resolve("fizeau-aeron-999999999-1"));
        Files.writeString(stale.resolve("cnc.dat"), "left by a killed process");
        final String own = "fizeau-aeron-" + ProcessHandle.current().pid() + '-';
        open("aeron-udp");
        assertThat(stale).doesNotExist();
        assertThat(directories(parent, own)).isEqualTo(1);
        nodes.forEach(Node::close);
        assertThat(directories(parent, own)).isZero();
    }

    private Node open(final String spec) {
        final Node node = Transports.installed().resolve(spec).open(NodeContext.named("life", errors::add));
        nodes.add(node);
        return node;
    }

    private static Listener listen(final Node node, final String spec) {
        return node.listen(Transports.installed().resolve(spec).loopbackAddress(), AeronLifeIT::echo);
    }

    private void drive(final BooleanSupplier isDone) {
        final long startNs = System.nanoTime();
        while (!isDone.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs)
                    .as("time waited, errors %s", errors)
                    .isLessThan(PATIENCE_NS);
            nodes.forEach(node -> node.poll(16));
        }
    }

    private static long directories(final Path parent, final String prefix) {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .count();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Delivery echo(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        return connection.send(buffer, offset, length) == SendStatus.BACK_PRESSURED
                ? Delivery.RETRY
                : Delivery.CONSUMED;
    }
}
