package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.LocalServer;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Wait;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opening and closing, in order and out of it. */
interface LifePromises extends Subject {
    /** All at once, because each may take as long as the transport's connect time-out. */
    @Test
    default void shouldReportUnreachableWhenNobodyListens() {
        final Map<End, Client> ends = new LinkedHashMap<>();
        for (final Way way : pairs().toList()) {
            assume(way, Guarantee.CONNECTED);
            final LocalServer deaf =
                    rig().serveHere(way.listening(), Sends.EACH, false, rig().freeAddress(way.listening()));
            deaf.closeListener();
            final Client client = rig().client(way);
            for (final Address address : List.of(addressOfNobody(way), deaf.address())) {
                final End end = client.newEnd();
                client.start(address, end);
                ends.put(end, client);
            }
        }
        for (final End end : ends.keySet()) {
            Wait.until(
                    "onClosed of a connection to nobody",
                    2 * rig().limitNs(),
                    () -> end.reason() != null,
                    () -> ends.entrySet().stream()
                            .mapToInt(entry -> entry.getValue().poll(entry.getKey()))
                            .sum(),
                    () -> "; " + end);
            assertEquals(CloseReason.UNREACHABLE, end.reason());
            assertEquals(CloseReason.UNREACHABLE, end.connection().closeReason());
            assertEquals(SendStatus.CLOSED, end.offer(40, Command.SINK));
            assertTrue(!end.isOpened(), "a connection to nobody opened");
        }
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(CONNECTING)
    default void shouldRefuseToSendBeforeItIsOpen(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.newEnd();
        client.start(server.address(), end);
        final SendStatus status = end.offer(40, Command.ECHO);
        if (end.connection().state()
                == ConnectionState.CONNECTING) { // it only moves forward, so it was so all the time
            assertEquals(SendStatus.NOT_CONNECTED, status);
        } else {
            assertTrue(
                    status == SendStatus.NOT_CONNECTED || status == SendStatus.ACCEPTED,
                    () -> "send while a connection opened answered " + status);
        }
        client.awaitOpen(end);
        client.exchange(end, 40);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldRefuseToSendOnceClosed(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        final Connection connection = end.connection();
        connection.close();
        assertEquals(SendStatus.CLOSED, end.offer(40, Command.SINK));
        assertEquals(SendStatus.CLOSED, connection.flush());
        assertEquals(0, connection.poll(1));
        client.await("onClosed after close", end, () -> end.reason() != null);
        assertEquals(CloseReason.LOCAL, end.reason());
        assertEquals(ConnectionState.CLOSED, connection.state());
        assertEquals(CloseReason.LOCAL, connection.closeReason());
        assertNotNull(connection.remoteAddress().text());
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(LISTENING)
    default void shouldNameTheAddressThatIsTaken(final Way way) {
        final Server server = rig().serve(way);
        final Address address = server.address();
        final Node other = rig().open("other", way.listening(), Sends.EACH);
        final TransportException thrown =
                assertThrows(TransportException.class, () -> other.listen(address, LifePromises::consume));
        final String name = address instanceof HostPort hostPort ? String.valueOf(hostPort.port()) : address.text();
        assertTrue(
                String.valueOf(thrown.getMessage()).contains(name),
                () -> "the message does not name " + address.text() + ": " + thrown.getMessage());
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldCloseTwiceWithoutHarm(final Way way) {
        final LocalServer server =
                rig().serveHere(way.listening(), Sends.EACH, false, rig().freeAddress(way.listening()));
        final Client client = rig().client(way);
        final End first = client.connect(server.address());
        final End second = client.connect(server.address());
        client.exchange(first, 40);
        client.exchange(second, 40);
        first.connection().close();
        first.connection().close();
        client.exchange(second, 40);
        server.closeListener();
        server.closeListener();
        client.exchange(second, 40);
        client.close();
        client.close();
        second.connection().close();
        assertEquals(0, client.node().poll(1), "a closed node has nothing to do");
        server.close();
        server.close();
        server.closeListener();
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldCallOnClosedOnceAndLast(final Way way) {
        final LocalServer server =
                rig().serveHere(way.listening(), Sends.EACH, false, rig().freeAddress(way.listening()));
        final Client client = rig().client(way);
        final End closed = client.connect(server.address());
        final End open = client.connect(server.address());
        client.exchange(closed, 40);
        client.exchange(open, 40);
        for (int i = 0; i < 200; i++) {
            client.send(closed, 200, Command.ECHO);
        }
        closed.connection().close();
        client.await("onClosed after close", closed, () -> closed.reason() != null);
        assertEquals(CloseReason.LOCAL, closed.reason());
        client.pass(5_000_000, open);
        client.exchange(open, 40);
        client.close();
        assertEquals(CloseReason.LOCAL, open.reason(), "onClosed after the node was closed");
        server.close();
        for (final End end : server.ends()) {
            assertNotNull(end.reason(), "no onClosed at " + end);
        }
        rig().faults().check();
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldRestartAtTheSameAddress(final Way way) {
        Address address = rig().freeAddress(way.listening());
        for (int i = 0; i < 3; i++) {
            final LocalServer server = rig().serveHere(way.listening(), Sends.EACH, false, address);
            address = server.address();
            final Client client = rig().client(way);
            client.exchange(client.connect(address), 40);
            server.close();
            client.close();
        }
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldKeepConnectionsWhenTheListenerCloses(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        server.closeListener();
        client.exchange(end, 40);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(CONNECTING)
    default void shouldWakeAThreadThatPollsWhenItsConnectionCloses(final Way way) {
        Assumptions.assumeTrue(way.connecting() == Driving.CALLER, "polling is for ends driven by their caller");
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        final AtomicLong polls = new AtomicLong();
        final Thread poller = rig().newThread(() -> {
            while (end.connection().state() != ConnectionState.CLOSED) {
                polls.incrementAndGet();
                client.poll(end);
            }
        });
        poller.start();
        awaitPolling(poller, polls);
        end.connection().close();
        rig().until("the return of a poll of a closed connection", () -> !poller.isAlive());
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(CONNECTING)
    default void shouldEndEveryWaitWhenItsNodeCloses(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        final AtomicLong polls = new AtomicLong();
        final Thread poller = rig().newThread(() -> {
            while (end.connection().state() != ConnectionState.CLOSED) {
                polls.incrementAndGet();
                if (client.poll(end) == 0) {
                    Thread.onSpinWait();
                }
            }
        });
        poller.start();
        awaitPolling(poller, polls);
        client.close();
        rig().until("the return of a poll of a closed node", () -> !poller.isAlive());
        assertEquals(CloseReason.LOCAL, end.reason());
    }

    private static Delivery consume(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        return Delivery.CONSUMED;
    }

    /** Returns when the thread has surely entered a poll: on a busy host it may be long before it runs at all. */
    private void awaitPolling(final Thread poller, final AtomicLong polls) {
        rig().until("a first poll of the other thread", () -> polls.get() > 0 || !poller.isAlive());
        Wait.pass(20_000_000, () -> 0);
        assertTrue(poller.isAlive(), "a poll threw, or the connection closed by itself");
    }

    private Address addressOfNobody(final Way way) {
        final Node gone = rig().open("gone", way.listening(), Sends.EACH);
        final ConnectionHandler nobody = LifePromises::consume;
        final Listener listener = gone.listen(rig().freeAddress(way.listening()), nobody);
        final Address address = listener.address();
        gone.close();
        return address;
    }
}
