package io.fizeau.transports.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.EchoServer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session with nothing to say gives its signs of life also where every poll of its node finds something of other sessions. */
@Timeout(60)
class HttpQuietSessionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SPEC = "http1?liveness=3s";
    private static final long BUSY_NS = TimeUnit.SECONDS.toNanos(8);
    private static final int BURST = 200;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[8]);

    @Test
    void shouldKeepAQuietSessionBesideBusyOnes() {
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        try (EchoServer server = new EchoServer(SPEC);
                Node node = Transports.installed().resolve(SPEC).open(NodeContext.named("client", errors::add))) {
            final Connection quiet =
                    node.connect(server.address(), (from, buffer, offset, length) -> Delivery.CONSUMED);
            final Burst first = new Burst(BURST / 2);
            final Burst second = new Burst(BURST);
            final Connection busy = node.connect(server.address(), first);
            final Connection other = node.connect(server.address(), second);
            for (final Connection each : new Connection[] {quiet, busy, other}) {
                Connections.awaitOpen(node, each, PATIENCE);
            }
            final IdleStrategy idle = new SleepingMillisIdleStrategy(1);
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < BUSY_NS) {
                first.sendOn(busy);
                second.sendOn(other);
                node.poll(1);
                idle.idle();
            }
            assertThat(quiet.state()).isEqualTo(ConnectionState.OPEN);
            assertThat(server.ends()).isEmpty();
        }
        assertThat(errors).isEmpty();
    }

    /** Sends many messages at once, and again when their echoes are there. */
    private final class Burst implements ConnectionHandler {
        private int next;
        private int missing;

        Burst(final int first) {
            next = first;
        }

        void sendOn(final Connection connection) {
            if (missing == 0) {
                missing = next;
                next = BURST;
                for (int i = 0; i < missing; i++) {
                    assertThat(connection.send(message, 0, message.capacity())).isEqualTo(SendStatus.ACCEPTED);
                }
                connection.flush();
            }
        }

        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            missing--;
            return Delivery.CONSUMED;
        }
    }
}
