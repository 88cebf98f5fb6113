package io.fizeau.transports.tcpnio;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A process with a great many connections of one node: each sends its number and wants it back, time and again. */
final class ManyClients implements ConnectionHandler {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final int MOST_UNANSWERED = 512;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<Connection> connections = new ArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[32]);
    private final Node node;
    private int open;
    private int closed;
    private int answers;
    private int wrong;

    private ManyClients(final Node node) {
        this.node = node;
    }

    /**
     * Connects, makes some rounds, and holds the connections until its input ends. Says what it has seen in one line.
     *
     * @param args the spec string, the address, how many connections, how many rounds.
     */
    public static void main(final String[] args) throws IOException {
        final int count = Integer.parseInt(args[2]);
        try (Node node = Transports.installed()
                .resolve(args[0])
                .open(NodeContext.named("clients", e -> OUT.println("error " + e)))) {
            final ManyClients clients = new ManyClients(node);
            clients.connect(Address.parse(args[1]), count);
            for (int round = 1; round < Integer.parseInt(args[3]); round++) {
                clients.round();
            }
            OUT.println("open " + clients.open + " answers " + clients.answers + " wrong " + clients.wrong + " closed "
                    + clients.closed);
            final int end = System.in.read();
            OUT.println("ended by " + end);
        }
    }

    /** Not faster than they are answered: a listener's queue is no longer than it is. */
    private void connect(final Address address, final int count) {
        for (int i = 0; i < count; i++) {
            final Connection connection = node.connect(address, this);
            connection.attach(i);
            connections.add(connection);
            final int least = i - MOST_UNANSWERED;
            pollUntil(() -> answers + closed > least);
        }
        pollUntil(() -> answers + closed == count);
    }

    private void round() {
        final int before = answers;
        for (final Connection connection : connections) {
            send(connection);
            node.poll(64);
        }
        pollUntil(() -> answers - before == connections.size());
    }

    private void send(final Connection connection) {
        message.putInt(0, (Integer) Objects.requireNonNull(connection.attachment()));
        if (connection.send(message, 0, 32) != SendStatus.ACCEPTED) {
            wrong++;
        }
    }

    private void pollUntil(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean() && System.nanoTime() - deadlineNs < 0) {
            node.poll(256);
        }
    }

    @Override
    public void onOpen(final Connection connection) {
        open++;
        send(connection);
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        closed++;
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        answers++;
        if (length != 32 || !Integer.valueOf(buffer.getInt(offset)).equals(connection.attachment())) {
            wrong++;
        }
        return Delivery.CONSUMED;
    }
}
