package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.settings.Sends;
import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.LocalServer;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handler may do, and what it costs the others if it does worse. */
interface HandlerPromises extends Subject {
    /** How many messages show that sending and delivering do not disturb each other. */
    int MOST = 5_000;

    /** So many will do where more take too long. */
    int LEAST = 500;

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldCloseOnlyTheConnectionWhoseHandlerThrows(final Way way) {
        final LocalServer server = serveHere(way, false);
        final Client client = rig().client(way);
        final End doomed = client.connect(server.address());
        client.exchange(doomed, 40);
        final End other = client.connect(server.address());
        client.exchange(other, 40);
        client.send(doomed, 40, Command.THROW);
        client.awaitPeer(
                "onClosed(FAILED) at the end whose handler threw",
                doomed,
                () -> !server.stats().reasons().isEmpty());
        assertEquals(CloseReason.FAILED, server.stats().reasons().get(0));
        assertErrorHandlerWasTold();
        client.exchange(other, 40);
        assertEquals(1, server.stats().reasons().size(), "connections closed");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldCloseOnlyTheConnectionWhoseHandlerThrowsAtTheConnectingEnd(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End other = client.connect(server.address());
        client.exchange(other, 40);
        final End doomed = client.connect(server.address(), client.newEnd().reacts(Command.THROW));
        client.send(doomed, 40, Command.ECHO);
        client.await("onClosed(FAILED) at the end whose handler threw", doomed, () -> doomed.reason() != null);
        assertEquals(CloseReason.FAILED, doomed.reason());
        assertErrorHandlerWasTold();
        client.exchange(other, 40);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldSendFromInsideOnOpen(final Way way) {
        assume(way, Guarantee.RELIABLE, Guarantee.DUPLEX);
        final LocalServer server = serveHere(way, true);
        final Client client = rig().client(way);
        final End end = client.connect(server.address(), client.newEnd().greets(true));
        client.await(
                "the greeting of the listening end, and the echo of the connecting end's",
                end,
                () -> end.delivered() == 2);
        // Its thread may count the message only after the echo has come back.
        client.awaitPeer(
                "the greeting that was echoed", end, () -> server.stats().messages() == 1);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldLetAHandlerCloseFromInsideACallback(final Way way) {
        final LocalServer server = serveHere(way, false);
        final Client client = rig().client(way);
        final End other = client.connect(server.address());
        client.exchange(other, 40);
        final End closing = client.connect(server.address(), client.newEnd().reacts(Command.CLOSE));
        client.send(closing, 40, Command.ECHO);
        client.await("onClosed(LOCAL) at the end whose handler closed", closing, () -> closing.reason() != null);
        assertEquals(CloseReason.LOCAL, closing.reason());
        final End closed = client.connect(server.address());
        client.send(closed, 40, Command.CLOSE);
        client.awaitPeer(
                "onClosed(LOCAL) at the listening end whose handler closed",
                closed,
                () -> server.stats().reasons().contains(CloseReason.LOCAL));
        client.exchange(other, 40);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(WAYS)
    default void shouldDeliverWhileAnotherThreadSends(final Way way) {
        assume(way, Guarantee.CONCURRENT_SEND, Guarantee.RELIABLE, Guarantee.DUPLEX);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        // Known before the last message leaves, so that nobody polls in vain for one more.
        final AtomicLong count = new AtomicLong(Long.MAX_VALUE);
        final Thread sender = rig().newThread(() -> {
            try {
                final long startNs = System.nanoTime();
                for (int i = 1; i <= count.get(); i++) {
                    if (i == MOST || (i >= LEAST && System.nanoTime() - startNs > PLENTY_NS)) {
                        count.set(i);
                    }
                    rig().until("a send to be accepted", () -> isAccepted(end));
                }
                rig().until("flush", () -> end.connection().flush() == SendStatus.ACCEPTED);
            } catch (final RuntimeException | AssertionError e) {
                thrown.set(e);
            }
        });
        sender.start();
        client.awaitOther(
                "echoes while another thread sends",
                end,
                true,
                () -> end.delivered() >= count.get() || thrown.get() != null);
        assertEquals(null, thrown.get());
        assertEquals("", server.stats().faults());
    }

    private LocalServer serveHere(final Way way, final boolean greets) {
        return rig().serveHere(way.listening(), Sends.EACH, greets, rig().freeAddress(way.listening()));
    }

    private static boolean isAccepted(final End end) {
        return switch (end.offer(100, Command.ECHO)) {
            case ACCEPTED -> true;
            case BACK_PRESSURED -> false;
            default -> throw new AssertionError("send failed; " + end);
        };
    }

    private void assertErrorHandlerWasTold() {
        rig().until(
                        "the error handler to be told what the handler threw",
                        () -> rig().errors().stream().anyMatch(HandlerPromises::isThrownOnPurpose));
        assertTrue(rig().errors().size() < 10, "the error handler is told again and again");
    }

    private static boolean isThrownOnPurpose(final Throwable error) {
        return error instanceof End.ThrownOnPurpose || error.getCause() instanceof End.ThrownOnPurpose;
    }
}
