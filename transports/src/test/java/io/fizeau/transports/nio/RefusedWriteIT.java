package io.fizeau.transports.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.framing.LengthPrefix;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A channel that finds while it writes that its peer has broken the protocol; the peer itself does not leave. */
@Timeout(60)
class RefusedWriteIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();

    @Test
    void shouldCloseCountAndSaySo() {
        final List<Option<?>> declared = new ArrayList<>(SocketOptions.all());
        declared.addAll(CommonOptions.all());
        final SocketOptions options = SocketOptions.of(Settings.of("refusing", declared, Map.of()));
        final NioStack stack = new NioStack(
                "refusing",
                new InetFamily("refusing", options),
                (socket, peer, isAccepted) -> new RefusingChannel(socket),
                new LengthPrefix(options.maxMessageBytes(), 0),
                Wait.SELECT,
                Driving.OWN,
                options.maxMessageBytes(),
                0,
                options.connectTimeoutNs());
        try (Node node = NioNode.open(stack, new YieldingIdleStrategy(), NodeContext.named("refusing", errors::add))) {
            final Listener listener = node.listen(HostPort.loopback(), new Echo());
            try (EchoClient client = new EchoClient("tcp-nio", listener.address()).opened()) {
                client.connection().send(new UnsafeBuffer(new byte[8]), 0, 8);
                await().atMost(PATIENCE).until(() -> ends.size() == 1);
                assertThat(ends).containsExactly(CloseReason.PROTOCOL_ERROR);
                assertThat(listener.rejectedCount()).isEqualTo(1);
                assertThat(errors)
                        .singleElement()
                        .satisfies(error -> assertThat(error.getMessage())
                                .startsWith("refusing refused 127.0.0.1:")
                                .endsWith("it made writing impossible"));
                client.awaitEnd();
            }
        }
    }

    private final class Echo implements ConnectionHandler {
        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            connection.send(buffer, offset, length);
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection connection, final CloseReason reason) {
            ends.add(reason);
        }
    }

    /** Refuses at the first write that has something to say. */
    private static final class RefusingChannel extends PassingChannel {
        RefusingChannel(final SocketChannel socket) {
            super(socket);
        }

        @Override
        public int write(final ByteBuffer source) throws IOException {
            throw new PeerRefusedException("it made writing impossible");
        }
    }
}
