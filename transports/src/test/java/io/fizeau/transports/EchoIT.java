package io.fizeau.transports;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A first look at each transport and each way of driving: one echo, one stream of messages, one end. */
@Timeout(90)
class EchoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private Node server;
    private Node client;
    private Thread serverThread;
    private volatile boolean isOver;

    @AfterEach
    void close() throws InterruptedException {
        isOver = true;
        if (serverThread != null) {
            serverThread.join();
        }
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inproc?maxMessage=1m",
                "inproc?maxMessage=1m&driving=own",
                "tcp-nio",
                "tcp-nio?wait=select-now",
                "tcp-nio?wait=select",
                "tcp-nio?driving=own",
                "tcp-nio?driving=own&wait=select",
                "tcp-nio?sends=gathered",
                "tcp-blocking",
                "tcp-blocking?driving=own",
                "tcp-blocking?sends=gathered",
                "aeron-udp?term=4m",
                "aeron-udp?term=4m&driving=own",
                "aeron-udp?term=4m&sends=gathered&mtu=8192",
                "aeron-ipc?term=4m",
                "aeron-ipc?term=4m&driving=own",
                "aeron-ipc?term=4m&sends=gathered"
            })
    void shouldEchoMessagesInOrderAndNoticeTheEnd(final String spec) {
        final ConfiguredTransport transport = Transports.installed().resolve(spec);
        server = transport.open(NodeContext.named("server", errors::add));
        final Listener listener = server.listen(transport.loopbackAddress(), EchoIT::echo);
        serverThread = new Thread(() -> {
            while (!isOver && listener.driving() == Driving.CALLER) {
                server.poll(16);
            }
        });
        serverThread.start();
        client = transport.open(NodeContext.named("client", errors::add));
        final AtomicInteger received = new AtomicInteger();
        final AtomicReference<CloseReason> closed = new AtomicReference<>();
        final Connection connection = client.connect(listener.address(), new ConnectionHandler() {
            @Override
            public Delivery onMessage(
                    final Connection from, final DirectBuffer buffer, final int offset, final int length) {
                assertThat(length).isEqualTo(lengthOf(received.get()));
                assertThat(buffer.getInt(offset)).isEqualTo(received.get());
                received.incrementAndGet();
                return Delivery.CONSUMED;
            }

            @Override
            public void onClosed(final Connection from, final CloseReason reason) {
                closed.set(reason);
            }
        });
        Connections.awaitOpen(client, connection, PATIENCE);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1 << 20]);
        final int count = 2_000;
        int sent = 0;
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (received.get() < count && System.nanoTime() - deadlineNs < 0) {
            if (sent < count && sent - received.get() < 8) {
                message.putInt(0, sent);
                if (connection.send(message, 0, lengthOf(sent)) == SendStatus.ACCEPTED) {
                    sent++;
                }
                continue;
            }
            connection.flush();
            connection.poll(16);
        }
        assertThat(received).hasValue(count);
        server.close();
        while (closed.get() == null && System.nanoTime() - deadlineNs < 0) {
            connection.poll(1);
        }
        assertThat(connection.closeReason()).isEqualTo(CloseReason.PEER_CLOSED);
        assertThat(closed).hasValue(CloseReason.PEER_CLOSED);
    }

    private static int lengthOf(final int sequence) {
        return sequence % 100 == 99 ? 300_000 : 4 + sequence % 200;
    }

    private static Delivery echo(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        if (connection.send(buffer, offset, length) == SendStatus.BACK_PRESSURED) {
            return Delivery.RETRY;
        }
        connection.flush();
        return Delivery.CONSUMED;
    }
}
