package io.fizeau.transports.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads of a node are of the kind that was asked for, or it says in one line why that cannot be. */
@Timeout(30)
class ThreadKindIT {
    private static final boolean HAS_VIRTUAL = Runtime.version().feature() >= 21;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final List<Thread> calling = new CopyOnWriteArrayList<>();
    private final NodeContext context = new NodeContext(
            "test",
            task -> {
                final Thread thread = new Thread(task);
                made.add(thread);
                return thread;
            },
            errors::add);

    @ParameterizedTest
    @ValueSource(strings = {"tcp-blocking?threads=virtual", "uds?wait=block&threads=virtual"})
    void shouldSayWhatVirtualThreadsNeed(final String spec) {
        final ConfiguredTransport transport = Transports.installed().resolve(spec);
        final Availability availability = transport.availability();
        assertThat(availability.isAvailable()).isEqualTo(HAS_VIRTUAL);
        if (!HAS_VIRTUAL) {
            assertThat(availability.reason())
                    .startsWith("virtual threads need JDK 21 or later")
                    .endsWith("with threads=platform");
            assertThatThrownBy(() -> transport.open(context))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining(availability.reason());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-blocking, platform",
        "tcp-blocking?threads=virtual, virtual",
        "uds?wait=block, platform",
        "uds?wait=block&threads=virtual, virtual"
    })
    void shouldRunThreadsOfTheKindThatIsAskedFor(final String spec, final String kind) {
        final ConfiguredTransport transport = Transports.installed().resolve(spec);
        if (!transport.availability().isAvailable()) {
            assertThat(kind).isEqualTo("virtual");
            return;
        }
        try (Node node = transport.open(context)) {
            final Listener listener = node.listen(transport.loopbackAddress(), (connection, buffer, offset, length) -> {
                calling.add(Thread.currentThread());
                connection.send(buffer, offset, length);
                return Delivery.CONSUMED;
            });
            final Connection connection = node.connect(listener.address(), (from, buffer, offset, length) -> {
                from.close();
                return Delivery.CONSUMED;
            });
            Connections.awaitOpen(node, connection, Duration.ofSeconds(10));
            connection.send(new UnsafeBuffer(new byte[8]), 0, 8);
            while (connection.poll(1) == 0 && calling.isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(calling)
                .singleElement()
                .satisfies(thread -> assertThat(made.contains(thread))
                        .as("made by the context")
                        .isEqualTo("platform".equals(kind)));
        assertThat(calling.get(0).isAlive()).as("left over").isFalse();
        assertThat(errors).isEmpty();
    }
}
