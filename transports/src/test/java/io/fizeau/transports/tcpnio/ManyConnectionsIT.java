package io.fizeau.transports.tcpnio;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.EchoServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ManyConnectionsIT {
    private static final int CONNECTIONS = 1_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(40);

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-nio?connectTimeout=30s",
                "tcp-nio?connectTimeout=30s&wait=select",
                "tcp-nio?connectTimeout=30s&sends=gathered"
            })
    void shouldServeAThousandConnectionsOfOneNodeOnOneThread(final String spec) {
        final int[] answers = new int[CONNECTIONS];
        final ConnectionHandler handler = (connection, buffer, offset, length) -> {
            assertThat(buffer.getInt(offset)).isEqualTo(connection.attachment());
            answers[buffer.getInt(offset)]++;
            return Delivery.CONSUMED;
        };
        final List<Connection> connections = new ArrayList<>();
        try (EchoServer server = new EchoServer(spec);
                Node node = Transports.installed().resolve(spec).open(NodeContext.named("clients", errors::add))) {
            for (int i = 0; i < CONNECTIONS; i++) {
                final Connection connection = node.connect(server.address(), handler);
                connection.attach(i);
                connections.add(connection);
                node.poll(1);
            }
            pollUntil(node, () -> connections.stream().noneMatch(c -> c.state() == ConnectionState.CONNECTING));
            assertThat(connections).allMatch(c -> c.state() == ConnectionState.OPEN);
            for (int round = 1; round <= 3; round++) {
                sendToEach(connections);
                final int expected = round;
                pollUntil(node, () -> Arrays.stream(answers).allMatch(count -> count == expected));
                assertThat(answers).containsOnly(expected);
            }
            assertThat(server.listener().acceptedCount()).isEqualTo(CONNECTIONS);
            assertThat(server.errors()).isEmpty();
        }
        assertThat(errors).isEmpty();
    }

    private static void sendToEach(final List<Connection> connections) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[32]);
        for (int i = 0; i < CONNECTIONS; i++) {
            message.putInt(0, i);
            assertThat(connections.get(i).send(message, 0, 32)).isEqualTo(SendStatus.ACCEPTED);
            assertThat(connections.get(i).flush()).isEqualTo(SendStatus.ACCEPTED);
        }
    }

    private static void pollUntil(final Node node, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean() && System.nanoTime() - deadlineNs < 0) {
            node.poll(64);
        }
    }
}
