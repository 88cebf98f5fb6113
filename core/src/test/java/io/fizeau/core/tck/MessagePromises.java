package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.Messages;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Wait;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.SendStatus;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of messages: all sizes, all of them, in order, once, and nothing else. */
interface MessagePromises extends Subject {
    /** How many messages show order and exactly-once. */
    int MANY = 10_000;

    /** So many will do where more take too long. */
    int FEWER = 1_000;

    @ParameterizedTest(name = NAME)
    @MethodSource(EVERYWHERE)
    default void shouldEchoEverySizeUpToTheLongest(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        assertEquals(
                rig().guarantees(way.connecting()).maxMessageBytes(),
                end.connection().maxMessageBytes(),
                "maxMessageBytes() of the connection is not what the guarantees say");
        for (final int size : Messages.sizes(end.connection().maxMessageBytes())) {
            client.exchange(end, size);
        }
        assertEquals("", server.stats().faults());
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldRefuseAMessageOneByteTooLong(final Way way) {
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final int max = end.connection().maxMessageBytes();
        Assumptions.assumeTrue(max < Messages.LONGEST_BYTES * 2, "the longest message is too long to try a longer one");
        assertEquals(SendStatus.TOO_LONG, end.offer(max + 1, Command.ECHO));
        client.exchange(end, 100);
        client.awaitPeer("the echo's counting", end, () -> server.stats().messages() >= 1);
        if (rig().guarantees(way.connecting()).has(Guarantee.RELIABLE)) { // else the echo may have been asked for twice
            assertEquals(1, server.stats().messages(), "something was sent of a message that is too long");
        }
        assertEquals("", server.stats().faults());
        assertNull(end.reason(), "a message that is too long closed the connection");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(EVERYWHERE)
    default void shouldKeepOrderAndContentOverTenThousandMessages(final Way way) {
        final Guarantees promised = assume(way);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int spread = Math.min(promised.maxMessageBytes(), 2_000) - 32;
        final long startNs = System.nanoTime();
        int sent = 0;
        while (sent < MANY && (sent < FEWER || System.nanoTime() - startNs < PLENTY_NS)) {
            client.send(end, 32 + random.nextInt(spread + 1), Command.SINK);
            sent++;
        }
        final int count = sent;
        if (promised.has(Guarantee.RELIABLE)) {
            client.awaitPeer("the delivery of " + count + " messages, seed " + seed, end, () -> {
                final var stats = server.stats();
                assertEquals("", stats.faults(), () -> "seed " + seed);
                return stats.messages() >= count;
            });
            assertEquals(count, server.stats().messages(), () -> "messages delivered, seed " + seed);
        } else {
            client.pass(TimeUnit.MILLISECONDS.toNanos(200), end);
        }
        assertEquals("", server.stats().faults(), () -> "seed " + seed);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldDeliverNothingThatWasNotSent(final Way way) {
        assume(way, Guarantee.RELIABLE);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        for (int i = 0; i < 3; i++) {
            client.exchange(end, 40);
        }
        // Its thread may count a message only after the echo has come back.
        client.awaitPeer(
                "the counting of three messages", end, () -> server.stats().messages() >= 3);
        client.pass(TimeUnit.MILLISECONDS.toNanos(30), end);
        assertEquals(3, server.stats().messages(), "messages delivered at the listening end");
        assertEquals(3, end.delivered(), "messages delivered at the connecting end");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(WAYS)
    default void shouldDeliverGatheredMessagesOnceFlushed(final Way way) {
        assume(way, Guarantee.RELIABLE);
        final Server server = rig().serve(way);
        final Client client = rig().client(way.connecting(), Sends.GATHERED);
        final End end = client.connect(server.address());
        for (final int count : new int[] {1, 2, 1_000}) {
            final long before = server.stats().messages();
            for (int i = 0; i < count; i++) {
                client.send(end, 48, Command.SINK);
            }
            Wait.until(
                    "flush to hold nothing back",
                    rig().limitNs(),
                    () -> end.connection().flush() == SendStatus.ACCEPTED,
                    () -> client.poll(end),
                    () -> "");
            client.awaitPeer(
                    count + " gathered messages", end, () -> server.stats().messages() >= before + count);
        }
        assertEquals("", server.stats().faults());
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldPushOnWhatCallbacksGathered(final Way way) {
        assume(way, Guarantee.RELIABLE);
        final Server server =
                rig().serveHere(way.listening(), Sends.GATHERED, false, rig().freeAddress(way.listening()));
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        for (int i = 0; i < 100; i++) {
            client.send(end, 40, Command.ECHO);
        }
        client.await("echoes that were gathered in callbacks", end, () -> end.delivered() == 101);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(CONNECTING)
    default void shouldDeliverWhenTheConnectionAloneIsPolled(final Way way) {
        // Without boundaries, a poll's limit is one of pieces, each with any number of the kit's messages.
        assume(way, Guarantee.RELIABLE, Guarantee.KEEPS_BOUNDARIES);
        Assumptions.assumeTrue(way.connecting() == Driving.CALLER, "polling is for ends driven by their caller");
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        final int count = 200;
        for (int i = 0; i < count; i++) {
            client.send(end, 40, Command.ECHO);
        }
        end.connection().flush();
        final long[] lastNs = {System.nanoTime()};
        // A send that was held back has polled the node until there was room.
        final long[] polled = {end.delivered(), 0};
        Wait.until(
                count + " echoes by polling the connection alone",
                rig().limitNs(),
                () -> end.delivered() == count + 1,
                () -> {
                    final int work = end.connection().poll(3);
                    assertTrue(work <= 3, "poll(3) delivered " + work);
                    polled[0] += work;
                    if (System.nanoTime() - lastNs[0] > TimeUnit.MILLISECONDS.toNanos(50)) {
                        lastNs[0] = System.nanoTime();
                        final long before = end.delivered();
                        client.node().poll(1);
                        polled[1] += end.delivered() - before;
                    }
                    return work;
                },
                () -> "; " + end);
        assertEquals(end.delivered(), polled[0] + polled[1], "what poll returned is not what it delivered");
    }
}
