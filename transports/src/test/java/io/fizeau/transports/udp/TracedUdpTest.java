package io.fizeau.transports.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.NodeTraces;
import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.trace.TraceFile;
import io.fizeau.transports.datagram.trace.TraceHeader.Role;
import io.fizeau.transports.datagram.trace.TraceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TracedUdpTest {
    private static final UnsafeBuffer MESSAGE = new UnsafeBuffer(new byte[100]);

    @TempDir
    private Path folder;

    private final List<Integer> came = new ArrayList<>();
    private final ConnectionHandler handler = new ConnectionHandler() {
        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            came.add(length);
            return Delivery.CONSUMED;
        }
    };

    @AfterEach
    void restore() {
        System.clearProperty(TraceSettings.DIRECTORY);
    }

    @Test
    void shouldLeaveATraceOfEachEndWhenItsNodeCloses() throws IOException {
        System.setProperty(TraceSettings.DIRECTORY, folder.toString());

        sendOne();

        final List<Trace> traces = read();
        assertThat(traces).hasSize(2);
        final Trace client = of(traces, Role.CLIENT);
        final Trace server = of(traces, Role.SERVER);
        assertThat(client.header().connectionId()).isEqualTo(server.header().connectionId());
        assertThat(client.header().node()).isEqualTo("near");
        assertThat(server.header().node()).isEqualTo("far");
        assertThat(client.header().clock()).isEqualTo(server.header().clock());
        assertThat(events(client)).containsExactly(Event.ACCEPTED, Event.SENT);
        assertThat(events(server)).containsExactly(Event.RECEIVED, Event.DELIVERED);
        assertThat(server.nowNs(0)).isGreaterThanOrEqualTo(client.nowNs(1));
    }

    @Test
    void shouldTraceNothingUnlessAskedTo() throws IOException {
        sendOne();

        assertThat(read()).isEmpty();
        assertThat(NodeTraces.ofThisProcess()).isEmpty();
    }

    private void sendOne() {
        final ConfiguredTransport transport = Transports.installed().resolve("udp");
        try (Node far = transport.open(NodeContext.named("far", error -> {}));
                Node near = transport.open(NodeContext.named("near", error -> {}))) {
            final var listener = far.listen(transport.loopbackAddress(), handler);
            final Connection connection = near.connect(listener.address(), handler);
            poll(near, far, () -> connection.state() == ConnectionState.OPEN);
            assertThat(connection.send(MESSAGE, 0, 100)).isEqualTo(SendStatus.ACCEPTED);
            poll(near, far, () -> !came.isEmpty());
        }
    }

    private static void poll(final Node near, final Node far, final BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            near.poll(10);
            far.poll(10);
        }
    }

    private List<Trace> read() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(TraceFile::read).toList();
        }
    }

    private static Trace of(final List<Trace> traces, final Role role) {
        return traces.stream()
                .filter(trace -> trace.header().role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static List<Event> events(final Trace trace) {
        final List<Event> events = new ArrayList<>();
        for (int i = 0; i < trace.size(); i++) {
            events.add(trace.event(i));
        }
        return events;
    }
}
