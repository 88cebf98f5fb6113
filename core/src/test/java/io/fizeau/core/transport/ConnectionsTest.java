package io.fizeau.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class ConnectionsTest {
    private static final NodeContext CONTEXT = NodeContext.named("test", error -> {});

    @Test
    void shouldPollTheNodeUntilTheConnectionIsOpen() {
        final ConfiguredTransport transport = transport(Fault.NONE, "memory");
        try (Node node = transport.open(CONTEXT)) {
            final Listener listener = node.listen(transport.loopbackAddress(), (c, b, o, l) -> Delivery.CONSUMED);
            final Connection connection = node.connect(listener.address(), (c, b, o, l) -> Delivery.CONSUMED);

            Connections.awaitOpen(node, connection, Duration.ofSeconds(10));

            assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    @Test
    void shouldSayWhyAConnectionDidNotOpen() {
        final ConfiguredTransport transport = transport(Fault.NONE, "memory?driving=own");
        try (Node node = transport.open(CONTEXT)) {
            final Address nobody = transport.loopbackAddress();
            final Connection connection = node.connect(nobody, (c, b, o, l) -> Delivery.CONSUMED);

            assertThatThrownBy(() -> Connections.awaitOpen(node, connection, Duration.ofSeconds(10)))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.nextStep()).isEqualTo(TransportException.NextStep.RETRY))
                    .hasMessage("cannot connect to " + nobody.text() + ": UNREACHABLE");
        }
    }

    @Test
    void shouldCloseAConnectionThatDoesNotOpenInTime() {
        final ConfiguredTransport transport = transport(Fault.CONNECT_FOR_EVER, "memory");
        try (Node node = transport.open(CONTEXT)) {
            final Address nobody = transport.loopbackAddress();
            final Connection connection = node.connect(nobody, (c, b, o, l) -> Delivery.CONSUMED);

            assertThatThrownBy(() -> Connections.awaitOpen(node, connection, Duration.ofMillis(20)))
                    .isInstanceOf(TransportException.class)
                    .hasMessage("no connection to " + nobody.text() + " within 20 ms");
            assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    private static ConfiguredTransport transport(final Fault fault, final String spec) {
        return Transports.of(List.of(new MemoryTransport(fault)), List.of()).resolve(spec);
    }
}
