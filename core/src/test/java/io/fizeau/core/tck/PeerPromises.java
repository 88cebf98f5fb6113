package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.settings.Sends;
import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.LocalServer;
import io.fizeau.core.tck.rig.Peer;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Wait;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Guarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an end learns of its peer's end, within the time that is promised. */
interface PeerPromises extends Subject {
    /** What a busy machine may add to the promised time. */
    long SLACK_NS = TimeUnit.SECONDS.toNanos(5);

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS_EVERYWHERE)
    default void shouldTellThatThePeerClosedTheConnection(final Way way) {
        final long limitNs = limitNs(way);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final End other = client.connect(server.address());
        client.exchange(end, 40);
        client.exchange(other, 40);
        client.send(end, 40, Command.CLOSE);
        client.await("onClosed at the end whose peer closed", limitNs, end, () -> end.reason() != null);
        assertPeerIsGone(end.reason());
        rig().until(
                        "onClosed at the closing end",
                        () -> !server.stats().reasons().isEmpty());
        assertEquals(List.of(CloseReason.LOCAL), server.stats().reasons());
        client.exchange(other, 40);
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS_EVERYWHERE)
    default void shouldTellTheListeningEndThatThePeerClosed(final Way way) {
        final long limitNs = limitNs(way);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final End other = client.connect(server.address());
        client.exchange(end, 40);
        client.exchange(other, 40);
        end.connection().close();
        client.awaitPeer(
                "onClosed at the listening end whose peer closed",
                limitNs,
                other,
                () -> !server.stats().reasons().isEmpty());
        assertPeerIsGone(server.stats().reasons().get(0));
        client.exchange(other, 40);
        assertEquals(1, server.stats().reasons().size(), "connections closed");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS_EVERYWHERE)
    default void shouldTellThatThePeersNodeClosed(final Way way) {
        final long limitNs = limitNs(way);
        final Server server = rig().serve(way);
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        client.exchange(end, 40);
        server.close();
        client.await("onClosed at the end whose peer's node closed", limitNs, end, () -> end.reason() != null);
        assertPeerIsGone(end.reason());
    }

    @Test
    default void shouldNoticeThatThePeerWasKilled() {
        final List<Way> pairs = pairs().toList();
        assume(pairs.get(0), Guarantee.CROSSES_PROCESSES);
        final Peer peer = rig().peer();
        final List<LocalServer> servers = new ArrayList<>();
        final Map<Client, End> ends = new LinkedHashMap<>();
        long limitNs = 0;
        for (final Way way : pairs) {
            limitNs = Math.max(limitNs, limitNs(way));
            servers.add(rig().serveHere(way.listening(), Sends.EACH, false, rig().freeAddress(way.listening())));
            peer.connect(way.connecting(), servers.get(servers.size() - 1).address());
        }
        for (final Way way : pairs) {
            final Server server = peer.serve(way.listening());
            final Client client = rig().client(way);
            ends.put(client, client.connect(server.address()));
        }
        ends.forEach((client, end) -> client.exchange(end, 40));
        peer.kill();
        final long startNs = System.nanoTime();
        for (final Map.Entry<Client, End> entry : ends.entrySet()) {
            Wait.until(
                    "onClosed at the connecting end whose peer was killed",
                    limitNs - (System.nanoTime() - startNs),
                    () -> entry.getValue().reason() != null,
                    () -> ends.entrySet().stream()
                            .mapToInt(e -> e.getKey().poll(e.getValue()))
                            .sum(),
                    () -> "; " + entry.getValue());
            assertPeerIsGone(entry.getValue().reason());
        }
        for (final LocalServer server : servers) {
            Wait.until(
                    "onClosed at the listening end whose peer was killed",
                    limitNs - (System.nanoTime() - startNs),
                    () -> !server.stats().reasons().isEmpty(),
                    () -> 0,
                    () -> "; " + server.stats());
            assertPeerIsGone(server.stats().reasons().get(0));
        }
    }

    private long limitNs(final Way way) {
        return assume(way, Guarantee.CONNECTED).livenessNs() + Math.min(SLACK_NS, rig().limitNs());
    }

    private static void assertPeerIsGone(final @Nullable CloseReason reason) {
        assertTrue(
                reason == CloseReason.PEER_CLOSED || reason == CloseReason.PEER_LOST,
                () -> "the reason should be PEER_CLOSED or PEER_LOST, and is " + reason);
    }
}
