package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.Flood;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Back-pressure and RETRY: a peer that does not read costs bounded memory, and no message. */
interface FlowPromises extends Subject {
    /** Long enough to fill buffers quickly, short enough for any transport. */
    int FLOOD_BYTES = 4_096;

    @ParameterizedTest(name = NAME)
    @MethodSource(EVERYWHERE)
    default void shouldHoldTheSenderBackWhileThePeerDoesNotRead(final Way way) {
        final Guarantees promised = assume(way, Guarantee.FLOW_CONTROLLED, Guarantee.RELIABLE);
        final Server server = rig().serve(way);
        server.hold(true);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final Flood flood = flood(client, promised, end, Command.SINK);
        flood.run(() -> server.stats().retries() > 0);
        assertEquals(0, server.stats().messages(), "messages consumed by a peer that answers RETRY");
        server.hold(false);
        final long sent = flood.finish();
        client.awaitPeer("what was accepted before the peer read again: " + sent + " messages", end, () -> {
            assertEquals("", server.stats().faults());
            return server.stats().messages() >= sent;
        });
        assertEquals(sent, server.stats().messages());
        assertTrue(server.stats().retries() > 0, "no message was answered with RETRY");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(EVERYWHERE)
    default void shouldNeitherDropNorDeadlockAnEchoUnderBackPressure(final Way way) {
        final Guarantees promised = assume(way, Guarantee.FLOW_CONTROLLED, Guarantee.RELIABLE, Guarantee.DUPLEX);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final AtomicBoolean isHeld = new AtomicBoolean(true);
        final End end = client.connect(server.address(), client.newEnd(isHeld::get));
        final Flood flood = flood(client, promised, end, Command.ECHO);
        flood.run(() -> end.retries() > 0);
        isHeld.set(false);
        final long sent = flood.finish();
        client.await(sent + " echoes", end, () -> end.delivered() >= sent);
        assertEquals("", server.stats().faults());
        assertEquals(sent, end.delivered());
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(EVERYWHERE)
    default void shouldDeliverTheSameAgainAfterRetry(final Way way) {
        assume(way, Guarantee.RELIABLE);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address(), client.newEnd().reacts(Command.RETRY_THEN_ECHO));
        final int count = 60;
        final int spread = Math.min(rig().guarantees(way.connecting()).maxMessageBytes(), 5_000) - 32;
        for (int i = 0; i < count; i++) {
            client.send(end, 32 + (i * 997) % spread, Command.RETRY_THEN_ECHO);
        }
        client.await(count + " echoes, RETRY answered to each at both ends", end, () -> end.delivered() >= count);
        assertEquals("", server.stats().faults());
        assertTrue(server.stats().retries() >= (long) count * End.RETRIES, "too few deliveries after RETRY");
        assertEquals((long) count * End.RETRIES, end.retries(), "deliveries after RETRY at the connecting end");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(CONNECTING)
    default void shouldEndAWaitingSendWithClosedWhenAnotherThreadCloses(final Way way) {
        final Guarantees promised = assume(way, Guarantee.BLOCKING_SEND, Guarantee.FLOW_CONTROLLED);
        final Server server = rig().serve(way);
        server.hold(true);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final Flood flood = flood(client, promised, end, Command.SINK);
        flood.run(() -> server.stats().retries() > 0);
        end.connection().close();
        flood.awaitEnd(); // also where the other thread, on a busy machine, was not in a send just then
        assertEquals(SendStatus.CLOSED, flood.last());
    }

    private Flood flood(final Client client, final Guarantees promised, final End end, final Command command) {
        final int length = Math.min(FLOOD_BYTES, promised.maxMessageBytes());
        return new Flood(rig(), client, promised, end, length, command, maxHeldBytes());
    }
}
