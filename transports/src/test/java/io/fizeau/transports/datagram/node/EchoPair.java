package io.fizeau.transports.datagram.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A client and an echo server with a relay between them, all driven by the thread of the test. */
final class EchoPair implements ConnectionHandler, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final List<CloseReason> serverEnds = new ArrayList<>();
    private final List<Integer> served = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final Node server;
    private final Node client;
    private final Listener listener;
    private final Relay relay;
    private final Connection connection;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Integer.BYTES]);
    private @Nullable CloseReason end;
    private int number;

    EchoPair(final String spec) throws IOException {
        this(spec, spec);
    }

    EchoPair(final String serverSpec, final String clientSpec) throws IOException {
        final var transport = Transports.installed().resolve(serverSpec);
        server = transport.open(NodeContext.named("server", errors::add));
        listener = server.listen(transport.loopbackAddress(), new Echo());
        relay = new Relay(listener.address());
        client = Transports.installed().resolve(clientSpec).open(NodeContext.named("client", errors::add));
        connection = client.connect(relay.address(), this);
    }

    EchoPair opened() throws IOException {
        until("an open connection", () -> connection.state() == ConnectionState.OPEN);
        return this;
    }

    /** Sends a message and waits for its echo, and for no other. */
    void roundTrip() throws IOException {
        message.putInt(0, ++number);
        answers.clear();
        assertThat(connection.send(message, 0, Integer.BYTES)).isEqualTo(SendStatus.ACCEPTED);
        until("the echo of message " + number, () -> !answers.isEmpty());
        assertThat(answers).containsExactly(number);
    }

    void until(final String what, final BooleanSupplier condition) throws IOException {
        final long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            pump();
            if (System.nanoTime() - beganNs > PATIENCE.toNanos()) {
                throw new AssertionError("waited in vain for " + what + "; " + connection + "; server "
                        + counters(server) + "; client " + counters(client));
            }
        }
    }

    void pump() throws IOException {
        client.poll(16);
        relay.pump();
        server.poll(16);
        relay.pump();
    }

    static Map<String, Long> counters(final Node node) {
        return ((CountsDatagrams) node).datagramCounters();
    }

    long atServer(final String counter) {
        return counters(server).get(counter);
    }

    long atClient(final String counter) {
        return counters(client).get(counter);
    }

    Node server() {
        return server;
    }

    Node client() {
        return client;
    }

    Listener listener() {
        return listener;
    }

    Relay relay() {
        return relay;
    }

    Connection connection() {
        return connection;
    }

    /** The numbers of the messages that the server's handler got, in order. */
    List<Integer> served() {
        return served;
    }

    List<CloseReason> serverEnds() {
        return serverEnds;
    }

    @Nullable
    CloseReason end() {
        return end;
    }

    @Override
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        answers.add(buffer.getInt(offset));
        return Delivery.CONSUMED;
    }

    @Override
    public void onClosed(final Connection closed, final CloseReason reason) {
        end = reason;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        relay.close();
        assertThat(errors).isEmpty();
    }

    private final class Echo implements ConnectionHandler {
        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            if (from.send(buffer, offset, length) != SendStatus.ACCEPTED) {
                return Delivery.RETRY;
            }
            served.add(buffer.getInt(offset));
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection closed, final CloseReason reason) {
            serverEnds.add(reason);
        }
    }
}
