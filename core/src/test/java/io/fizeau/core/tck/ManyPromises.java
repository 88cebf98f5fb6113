package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.Guarantee;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many connections on one node, good ones and a bad one. */
interface ManyPromises extends Subject {
    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS_EVERYWHERE)
    default void shouldServeManyConnectionsOfOneNode(final Way way) {
        assume(way, Guarantee.RELIABLE);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final List<End> ends = new ArrayList<>();
        for (int i = 0; i < connectionCount(); i++) {
            final End end = client.newEnd();
            client.start(server.address(), end);
            ends.add(end);
        }
        ends.forEach(client::awaitOpen);
        final int rounds = 10;
        for (int round = 0; round < rounds; round++) {
            for (final End end : ends) {
                client.send(end, 64, Command.ECHO);
                end.connection().flush();
            }
        }
        for (final End end : ends) {
            client.await(rounds + " echoes on each connection", end, () -> end.delivered() == rounds);
        }
        // Its threads may count a connection only after they have served it.
        client.awaitPeer(
                "acceptedCount() to count " + ends.size() + " connections",
                ends.get(0),
                () -> server.stats().accepted() >= ends.size());
        assertEquals("", server.stats().faults());
        assertEquals(ends.size(), server.stats().opened(), "connections opened at the listening end");
        assertEquals(ends.size(), server.stats().accepted(), "acceptedCount()");
        assertEquals(0, server.stats().rejected(), "rejectedCount()");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(LISTENING)
    default void shouldCloseAndCountAConnectionThatSendsGarbage(final Way way) throws IOException {
        // Where any bytes are messages, there is no garbage.
        assume(way, Guarantee.KEEPS_BOUNDARIES);
        final Server server = rig().serve(way);
        Assumptions.assumeTrue(server.address() instanceof HostPort, "the address is no host and port");
        final HostPort address = (HostPort) server.address();
        final Client client = rig().client(way);
        final End end = client.connect(address);
        client.exchange(end, 40);
        final byte[] negative = new byte[256];
        Arrays.fill(negative, (byte) 0xff);
        final byte[] huge = new byte[256];
        Arrays.fill(huge, (byte) 0x7f);
        final byte[] http = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        long rejected = 0;
        for (final byte[] garbage : List.of(negative, huge, http)) {
            try (Socket socket = new Socket()) {
                Assumptions.assumeTrue(isConnected(socket, address), "nobody speaks TCP at " + address.text());
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(garbage);
                final long due = ++rejected;
                client.awaitPeer(
                        "rejectedCount() to count garbage " + due,
                        end,
                        () -> server.stats().rejected() >= due);
                assertEquals(-1, readOrReset(socket), "the connection that sent garbage is not closed");
            }
            client.exchange(end, 40);
        }
        assertEquals(rejected, server.stats().rejected());
        client.awaitPeer(
                "onClosed of what had opened",
                end,
                () -> server.stats().reasons().size() == server.stats().opened() - 1);
    }

    private static boolean isConnected(final Socket socket, final HostPort address) {
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), 1_000);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    private static int readOrReset(final Socket socket) throws IOException {
        try {
            int read = socket.getInputStream().read();
            while (read >= 0) { // an answer in its own protocol is fine, as long as it ends
                read = socket.getInputStream().read();
            }
            return read;
        } catch (final SocketException e) {
            return -1;
        }
    }
}
