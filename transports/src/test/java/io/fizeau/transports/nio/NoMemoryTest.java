package io.fizeau.transports.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.framing.LengthPrefix;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer for which there is no memory costs its own connection, and nothing else. */
@Timeout(60)
class NoMemoryTest implements ConnectionHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger peers = new AtomicInteger();
    private volatile boolean isFullInHandshake;
    private volatile boolean isFullInRead;

    @Test
    void shouldCloseOnlyTheConnectionForWhichThereIsNoMemory() {
        try (Node node = open()) {
            final Listener listener = node.listen(HostPort.loopback(), this);
            try (EchoClient friend = new EchoClient("tcp-nio", listener.address()).opened();
                    EchoClient costly = new EchoClient("tcp-nio", listener.address()).opened()) {
                friend.roundTrip(32);
                costly.roundTrip(32);
                isFullInRead = true;
                assertThat(costly.awaitEnd()).isNotNull();
                friend.roundTrip(32);
                await().atMost(PATIENCE).until(() -> !ends.isEmpty());
                assertThat(ends).containsExactly(CloseReason.FAILED);
                assertNamed(listener.address());
            }
        }
    }

    @Test
    void shouldGoOnAlsoIfThereIsNoMemoryForAHandshake() {
        try (Node node = open()) {
            final Listener listener = node.listen(HostPort.loopback(), this);
            isFullInHandshake = true;
            try (EchoClient friend = new EchoClient("tcp-nio", listener.address()).opened();
                    EchoClient costly = new EchoClient("tcp-nio", listener.address())) {
                friend.roundTrip(32);
                assertThat(costly.awaitEnd()).isNotNull();
                friend.roundTrip(32);
                assertThat(ends).as("the handler never met it").isEmpty();
                assertNamed(listener.address());
            }
        }
    }

    private void assertNamed(final Address address) {
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .hasMessageStartingWith("tcp-nio has no memory for what 127.0.0.1:")
                        .hasMessageContaining(" at " + address.text())
                        .hasMessageContaining("Cannot reserve")
                        .hasMessageNotContaining("\n"));
    }

    private Node open() {
        final SocketOptions options =
                SocketOptions.of(Transports.installed().resolve("tcp-nio").settings());
        final NioStack stack = new NioStack(
                "tcp-nio",
                new InetFamily("tcp-nio", options),
                // The second peer is the costly one.
                (socket, peer, isAccepted) ->
                        peers.incrementAndGet() == 2 ? new CostlyChannel(socket) : new PlainChannel(socket),
                new LengthPrefix(options.maxMessageBytes(), options.gathersBytes()),
                Wait.READ,
                Driving.OWN,
                options.maxMessageBytes(),
                options.gathersBytes(),
                options.connectTimeoutNs());
        return NioNode.open(stack, new YieldingIdleStrategy(), NodeContext.named("test", errors::add));
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        connection.send(buffer, offset, length);
        return Delivery.CONSUMED;
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        if (reason != CloseReason.PEER_CLOSED && reason != CloseReason.LOCAL) {
            ends.add(reason);
        }
    }

    private final class CostlyChannel extends PassingChannel {
        CostlyChannel(final SocketChannel socket) {
            super(socket);
        }

        @Override
        public boolean handshake() {
            reserve(isFullInHandshake);
            return super.handshake();
        }

        @Override
        public int read(final ByteBuffer target) throws IOException {
            reserve(isFullInRead);
            return super.read(target);
        }

        private static void reserve(final boolean isFull) {
            if (isFull) {
                throw new OutOfMemoryError("Cannot reserve 1048576 bytes of direct buffer memory");
            }
        }
    }
}
