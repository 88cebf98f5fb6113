package io.fizeau.transports.arq.selective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.ends.TwoEnds;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the trace says of messages must be enough to lay both ends side by side. */
final class SelectiveTraceTest {
    private static final int MESSAGES = 200;

    @Test
    void shouldSayInWhichPiecesEachMessageLeavesAndWhenItIsDelivered() {
        final int first = -100; // the wire number wraps within
        final TwoEnds ends = new TwoEnds(
                        TwoEnds.settings(SelectiveRepeat.withDefaults(), 64), "loss=10%:delay=1ms:seed=5", first)
                .connected();
        for (int i = 0; i < MESSAGES; i++) {
            final int length = 1 + i * 37 % 4_000;
            while (ends.send(ends.client(), length) != SendStatus.ACCEPTED) {
                ends.forNs(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        ends.until(() -> ends.server().received().size() == MESSAGES);

        final List<TwoEnds.Happening> accepted = ends.client().all(Event.ACCEPTED);
        final List<TwoEnds.Happening> delivered = ends.server().all(Event.DELIVERED);
        assertEquals(MESSAGES, accepted.size());
        assertEquals(MESSAGES, delivered.size());
        long before = -1;
        for (int i = 0; i < MESSAGES; i++) {
            final long from = accepted.get(i).sequence();
            final long to = WireNumber.expand(accepted.get(i).length(), from);
            assertEquals(i, accepted.get(i).number());
            assertEquals(i, delivered.get(i).number());
            assertTrue(to >= from && to - from < 5, "pieces " + from + " to " + to);
            assertTrue(before < 0 || from == before || from == before + 1, "no piece is left out");
            before = to;
            final long at = delivered.get(i).nowNs();
            for (long piece = from; piece <= to; piece++) {
                final long wanted = piece;
                assertTrue(
                        ends.server().all(Event.RECEIVED).stream()
                                .anyMatch(step -> step.sequence() == wanted && step.nowNs() <= at),
                        "message " + i + " is delivered once its piece " + piece + " has come");
            }
        }
    }
}
