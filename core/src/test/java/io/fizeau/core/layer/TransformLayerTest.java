package io.fizeau.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TransformLayerTest {
    private static final int POLLS = 20;

    private final Transports transports =
            Transports.of(List.of(new MemoryTransport(Fault.NONE)), List.of(new NumberedLayer()));
    private final ConfiguredTransport plain = transports.resolve("memory");
    private final ConfiguredTransport layered = transports.resolve("memory+numbered");
    private final Node plainNode = plain.open(NodeContext.named("plain", error -> {}));
    private final Node layeredNode = layered.open(NodeContext.named("layered", error -> {}));
    private final Recorder accepted = new Recorder();
    private final Recorder connected = new Recorder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64 << 10]);

    @AfterEach
    void close() {
        layeredNode.close();
        plainNode.close();
    }

    @Test
    void shouldLowerTheLongestMessageByTheWorstGrowth() {
        final int below = plain.guarantees().maxMessageBytes();
        final int longest = layered.guarantees().maxMessageBytes();

        assertThat(longest + Long.BYTES + longest / 100).isLessThanOrEqualTo(below);
        assertThat(longest + 1 + Long.BYTES + (longest + 1) / 100).isGreaterThan(below);
        assertThat(layered.guarantees().has(Guarantee.AUTHENTICATED)).isTrue();
        assertThat(layered.guarantees().has(Guarantee.ORDERED)).isTrue();
    }

    @Test
    void shouldRefuseATransportInWhichNothingFits() {
        final Guarantees tiny = Guarantees.of(8, Guarantee.KEEPS_BOUNDARIES);

        assertThatThrownBy(() -> new NumberedLayer().guarantees(settings(), tiny))
                .isInstanceOf(TransportException.class)
                .hasMessage(
                        "layer numbered does not fit: a message of 1 byte may grow by 8 bytes, and the transport below"
                                + " takes 8");
    }

    @Test
    void shouldRefuseATransportThatDoesNotKeepBoundaries() {
        assertThatThrownBy(() -> new NumberedLayer().guarantees(settings(), Guarantees.of(1_000)))
                .hasMessage("layer numbered needs a transport that keeps the boundaries of messages");
    }

    @Test
    void shouldAnswerTooLongWithoutSendingAnything() {
        final Listener listener = layeredNode.listen(layered.loopbackAddress(), accepted);
        final Connection connection = layeredNode.connect(listener.address(), connected);
        poll();

        assertThat(connection.maxMessageBytes()).isEqualTo(layered.guarantees().maxMessageBytes());
        assertThat(connection.send(message, 0, connection.maxMessageBytes() + 1))
                .isEqualTo(SendStatus.TOO_LONG);
        assertThat(connection.send(message, 0, connection.maxMessageBytes())).isEqualTo(SendStatus.ACCEPTED);
        poll();
        assertThat(accepted.lengths).containsExactly(connection.maxMessageBytes());
    }

    @Test
    void shouldRejectAPeerThatDoesNotSpeakTheLayer() {
        final Listener listener = layeredNode.listen(layered.loopbackAddress(), accepted);
        final Connection stranger = plainNode.connect(listener.address(), connected);
        poll();

        assertThat(stranger.send(message, 0, 3)).isEqualTo(SendStatus.ACCEPTED);
        assertThat(stranger.send(message, 0, 30)).isEqualTo(SendStatus.ACCEPTED);
        poll();

        assertThat(accepted.lengths).isEmpty();
        assertThat(accepted.reason).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(accepted.connection.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(listener.rejectedCount()).isEqualTo(1);
        assertThat(connected.reason).isEqualTo(CloseReason.PEER_CLOSED);
    }

    @Test
    void shouldCloseAConnectionWhoseListenerDoesNotSpeakTheLayer() {
        final Listener listener = plainNode.listen(plain.loopbackAddress(), accepted);
        layeredNode.connect(listener.address(), connected);
        poll();

        accepted.connection.send(message, 0, 3);
        poll();

        assertThat(connected.reason).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(listener.rejectedCount()).isZero();
    }

    @Test
    void shouldKeepTheUsersAttachment() {
        final Listener listener = layeredNode.listen(layered.loopbackAddress(), accepted);
        final Connection connection = layeredNode.connect(listener.address(), connected);
        connection.attach("mine");
        poll();
        accepted.connection.attach("yours");
        connection.send(message, 0, 10);
        poll();

        assertThat(accepted.lengths).containsExactly(10);
        assertThat(connection.attachment()).isEqualTo("mine");
        assertThat(accepted.connection.attachment()).isEqualTo("yours");
        assertThat(connected.connection).isSameAs(connection);
    }

    @Test
    void shouldPassOnThatNobodyListens() {
        final Address nobody = layered.loopbackAddress();
        final Connection connection = layeredNode.connect(nobody, connected);

        assertThat(connection.send(message, 0, 10)).isEqualTo(SendStatus.NOT_CONNECTED);
        assertThat(connection.send(message, 0, 60_000)).isEqualTo(SendStatus.NOT_CONNECTED);
        poll();

        assertThat(connected.reason).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(connection.send(message, 0, 60_000)).isEqualTo(SendStatus.CLOSED);
        assertThat(connection.remoteAddress()).isEqualTo(nobody);
    }

    private static Settings settings() {
        return Settings.of("numbered", List.of(NumberedLayer.COPIES), Map.of());
    }

    private void poll() {
        for (int i = 0; i < POLLS; i++) {
            plainNode.poll(10);
            layeredNode.poll(10);
        }
    }

    /** Remembers what it was told. */
    private static final class Recorder implements ConnectionHandler {
        private final List<Integer> lengths = new ArrayList<>();
        private Connection connection;
        private CloseReason reason;

        @Override
        public void onOpen(final Connection opened) {
            connection = opened;
        }

        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            lengths.add(length);
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection closed, final CloseReason why) {
            connection = closed;
            reason = why;
        }
    }
}
