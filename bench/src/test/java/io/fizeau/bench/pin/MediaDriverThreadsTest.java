package io.fizeau.bench.pin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaDriverThreadsTest {
    private static final ConnectionHandler DEAF = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    @ParameterizedTest
    @CsvSource({
        "aeron-udp?threading=invoker&driverIdle=spin, 0",
        "aeron-udp?threading=shared, 0",
        "aeron-udp?threading=shared&driverIdle=spin, 1",
        "aeron-udp?threading=shared-network&driverIdle=spin, 1",
        "aeron-udp?threading=dedicated, 2",
        "aeron-udp?threading=dedicated&driverIdle=sleep, 0",
        "aeron-ipc?threading=dedicated&driverIdle=spin, 2"
    })
    void shouldCountTheThreadsOfAnEmbeddedDriverThatSpin(final String spec, final int spinning) {
        assertThat(notes(spec)).isEqualTo(Map.of("serverDriverSpins", Integer.toString(spinning)));
    }

    @Test
    void shouldNoteNothingOfATransportWithoutADriver() {
        assertThat(notes("inproc")).isEmpty();
    }

    @Test
    void shouldNoteThatADriverRunsElsewhere() {
        final ConfiguredTransport transport = Transports.installed().resolve("aeron-udp?dir=/dev/shm/elsewhere");
        assertThat(MediaDriverThreads.notes("client", transport, new PinnedThreads("test", CpuAffinity.allowed())))
                .isEqualTo(Map.of("clientDriver", "external"));
    }

    private static Map<String, String> notes(final String spec) {
        final ConfiguredTransport transport = Transports.installed().resolve(spec);
        final PinnedThreads threads = new PinnedThreads("test", CpuAffinity.allowed());
        try (Node node = transport.open(new NodeContext("test", threads, error -> {}))) {
            node.listen(transport.loopbackAddress(), DEAF);
            return MediaDriverThreads.notes("server", transport, threads);
        }
    }
}
