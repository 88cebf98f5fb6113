package io.fizeau.transports.arq.selective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.congestion.Congestion;
import io.fizeau.transports.arq.ends.TwoEnds;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.datagram.wire.Wire;
import io.fizeau.transports.datagram.wire.WireNumber;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SelectiveRepeatTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GAP_NS = MS / 2;
    private static final int WINDOW = 256;
    private static final SelectiveOptions OPTIONS = new SelectiveOptions(
            Congestion.FIXED,
            false,
            SelectiveOptions.DEFAULT.ackEvery(),
            SelectiveOptions.DEFAULT.maxAckDelayNs(),
            SelectiveOptions.DEFAULT.granularityNs());

    private static TwoEnds ends(final String impairment, final int first) {
        return ends(new SelectiveRepeat(OPTIONS), impairment, first);
    }

    private static TwoEnds ends(final MechanismKind kind, final String impairment, final int first) {
        return new TwoEnds(TwoEnds.settings(kind, WINDOW), impairment, first).connected();
    }

    private static void flow(final TwoEnds ends, final int messages) {
        for (int i = 0; i < messages; i++) {
            assertEquals(SendStatus.ACCEPTED, ends.send(ends.client(), 100));
            ends.forNs(GAP_NS);
        }
    }

    /** Takes out the next datagram that the client sends. */
    private static void loseNext(final TwoEnds ends) {
        final int[] seen = {0};
        ends.watch((from, type, datagram) -> from != ends.client() || seen[0]++ > 0);
    }

    private static void assertAllInOrder(final TwoEnds ends, final int messages) {
        assertEquals(messages, ends.client().sent().size());
        assertEquals(messages, ends.server().received().size());
        for (int i = 0; i < messages; i++) {
            assertArrayEquals(
                    ends.client().sent().get(i), ends.server().received().get(i), "message " + i);
        }
    }

    private static ArqCounters counters(final TwoEnds.End end) {
        return end.tools().arqCounters();
    }

    /** When the server took a message. */
    private static long deliveredNs(final TwoEnds ends, final int message) {
        return ends.server().all(DatagramTrace.Event.DELIVERED).get(message).nowNs();
    }

    @Test
    void shouldRecoverALossInABusyFlowWithinARoundTripAndAHalfThreeGapsAndTheAckDelay() {
        final TwoEnds ends = ends("delay=10ms", 0);
        flow(ends, 20);
        loseNext(ends);
        final long lostNs = ends.nowNs();
        flow(ends, 20);
        ends.forNs(100 * MS);
        final long tookNs = deliveredNs(ends, 20) - lostNs;
        assertAllInOrder(ends, 40);
        assertEquals(1, counters(ends.client()).resent);
        assertTrue(tookNs <= 30 * MS + 3 * GAP_NS + OPTIONS.maxAckDelayNs(), () -> "recovered after " + tookNs + " ns");
        assertTrue(tookNs >= 30 * MS, () -> "recovered before anybody could know, after " + tookNs + " ns");
    }

    @Test
    void shouldRecoverTheLastOneWithinOneProbeTimeoutAndOneWay() {
        final TwoEnds ends = ends("delay=10ms", 0);
        flow(ends, 20);
        ends.forNs(100 * MS);
        final SelectiveMachine machine = (SelectiveMachine) ends.client().mechanism();
        final long timeoutNs = machine.rtt().probeTimeoutNs(OPTIONS.granularityNs(), OPTIONS.maxAckDelayNs());
        loseNext(ends);
        final long lostNs = ends.nowNs();
        flow(ends, 1);
        ends.forNs(200 * MS);
        assertEquals(21, ends.server().received().size());
        assertEquals(lostNs + timeoutNs + 10 * MS, deliveredNs(ends, 20));
        assertEquals(1, counters(ends.client()).timeouts);
    }

    @Test
    void shouldDoubleTheProbeTimeoutWhileNothingComes() {
        final TwoEnds ends = ends("delay=10ms", 0);
        flow(ends, 20);
        ends.forNs(100 * MS);
        ends.watch((from, type, datagram) -> false);
        ends.send(ends.client(), 100);
        ends.forNs(2_000 * MS);
        final List<TwoEnds.Happening> timeouts = ends.client().all(DatagramTrace.Event.TIMEOUT);
        assertTrue(timeouts.size() >= 5, () -> timeouts.size() + " time-outs");
        for (int i = 2; i < timeouts.size(); i++) {
            final long before =
                    timeouts.get(i - 1).nowNs() - timeouts.get(i - 2).nowNs();
            assertEquals(
                    2 * before, timeouts.get(i).nowNs() - timeouts.get(i - 1).nowNs());
        }
    }

    @Test
    void shouldSendNothingAgainWhenNothingIsLost() {
        final TwoEnds ends = ends("delay=10ms", 0);
        flow(ends, 2_000);
        ends.forNs(100 * MS);
        assertEquals(2_000, ends.server().received().size());
        assertEquals(0, counters(ends.client()).resent);
        assertEquals(0, counters(ends.client()).timeouts);
        assertEquals(0, counters(ends.client()).probesSent);
    }

    @Test
    void shouldSendNothingAgainForReorderingByTwoPlaces() {
        final TwoEnds ends = ends("delay=10ms:reorder=1%:places=2:hold=20ms:seed=5", 0);
        flow(ends, 2_000);
        ends.forNs(100 * MS);
        assertAllInOrder(ends, 2_000);
        assertEquals(0, counters(ends.client()).resent);
        assertTrue(counters(ends.server()).duplicate == 0);
    }

    @Test
    void shouldPassTheWrapOfTheWireNumbersUnderLoss() {
        final TwoEnds ends = ends("delay=1ms:loss=10%:seed=7", -100);
        flow(ends, 1_000);
        ends.forNs(1_000 * MS);
        assertAllInOrder(ends, 1_000);
        assertTrue(ends.client().mechanism().isDrained());
    }

    @Test
    void shouldOutliveTheLossOfAWindowUpdate() {
        final TwoEnds ends = ends("delay=1ms", 0);
        ends.server().stall(true);
        int sent = 0;
        while (ends.send(ends.client(), 1_000) == SendStatus.ACCEPTED) {
            sent++;
            ends.forNs(MS);
        }
        assertTrue(sent >= WINDOW);
        ends.forNs(500 * MS);
        ends.watch((from, type, datagram) -> from != ends.server());
        ends.server().stall(false);
        ends.deliver(ends.server());
        ends.forNs(50 * MS);
        ends.watch((from, type, datagram) -> true);
        ends.forNs(2_000 * MS);
        assertEquals(sent, ends.server().received().size());
        assertTrue(ends.client().mechanism().isDrained());
        assertTrue(counters(ends.client()).probesSent > 0);
    }

    @Test
    void shouldMoveALongMessageInPieces() {
        final TwoEnds ends = ends("delay=1ms:loss=5%:seed=11", 0);
        for (int i = 0; i < 20; i++) {
            while (ends.send(ends.client(), 64 << 10) != SendStatus.ACCEPTED) {
                ends.forNs(MS);
            }
        }
        ends.forNs(3_000 * MS);
        assertAllInOrder(ends, 20);
    }

    @Test
    void shouldCarryAcknowledgementsWithAnswers() {
        final TwoEnds ends = ends("delay=1ms", 0);
        ends.server().onMessage(() -> ends.send(ends.server(), 100));
        for (int i = 0; i < 100; i++) {
            final int due = i + 1;
            ends.send(ends.client(), 100);
            ends.until(() -> ends.client().received().size() == due);
        }
        assertEquals(0, counters(ends.server()).acknowledgementsSent);
        assertEquals(0, counters(ends.client()).acknowledgementsSent);
    }

    @Test
    void shouldIgnoreAnAcknowledgementOfWhatWasNeverSent() {
        final TwoEnds ends = ends("delay=1ms", 0);
        ends.watch((from, type, datagram) -> type != SelectiveWire.ACK);
        ends.send(ends.client(), 100);
        ends.forNs(MS / 2);
        final UnsafeBuffer ack = new UnsafeBuffer(new byte[16]);
        ack.putInt(SelectiveWire.ACK_CREDIT, WINDOW);
        ack.putInt(SelectiveWire.RANGES, 0);
        ack.putInt(SelectiveWire.RANGES + 4, 1_000);
        final SelectiveMachine machine = (SelectiveMachine) ends.client().mechanism();
        assertEquals(false, machine.onDatagram(SelectiveWire.ACK, 0, ack, 0, 16, ends.nowNs()));
        assertEquals(false, machine.isDrained());
    }

    @Test
    void shouldKeepTheClosedLoopsPercentile99UnderThreeRoundTripsAtOnePercentLoss() {
        final TwoEnds ends = ends(SelectiveRepeat.withDefaults(), "delay=1ms:loss=1%:seed=99", 0);
        ends.server().onMessage(() -> ends.send(ends.server(), 100));
        final int rounds = 20_000;
        final long[] tookNs = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            final int due = i + 1;
            final long sentNs = ends.nowNs();
            ends.send(ends.client(), 100);
            ends.until(() -> ends.client().received().size() == due);
            tookNs[i] = ends.nowNs() - sentNs;
        }
        Arrays.sort(tookNs);
        final long p99Ns = tookNs[rounds * 99 / 100];
        assertTrue(p99Ns < 6 * MS, () -> "p99 " + p99Ns + " ns, p99.9 " + tookNs[rounds * 999 / 1_000] + " ns");
        assertEquals(2 * MS, tookNs[rounds / 2]);
    }

    @Test
    void shouldAcknowledgeWhatThePeerCanTellApartHoweverLongAFlowWithoutLossWas() {
        final UnsafeBuffer ack = new UnsafeBuffer(new byte[512]);
        final int[] ackBytes = {0};
        final Carrier carrier = new Carrier() {
            @Override
            public boolean send(
                    final byte type, final int flags, final Memory memory, final int offset, final int length) {
                ackBytes[0] = length - Wire.HEADER_BYTES;
                ack.putBytes(0, memory.view(), offset + Wire.HEADER_BYTES, ackBytes[0]);
                return true;
            }

            @Override
            public boolean deliver(final DirectBuffer buffer, final int offset, final int length) {
                return true;
            }

            @Override
            public void fail(final CloseReason reason, final long nowNs) {
                throw new AssertionError(reason);
            }
        };
        final long first = WireNumber.first(0);
        final MechanismSettings settings = new MechanismSettings(1_000, 1_472, WINDOW, false, false, first, first, MS);
        final Mechanism machine = new SelectiveRepeat(OPTIONS)
                .create(settings, carrier, new ArqCounters(), (nowNs, event, number, sequence, length) -> {});
        final UnsafeBuffer data = new UnsafeBuffer(new byte[SelectiveWire.DATA_BYTES + 5]);
        data.putInt(SelectiveWire.CREDIT, WINDOW);
        data.putInt(SelectiveWire.DATA_BYTES, 1);
        long packet = first;
        for (int piece = 0; piece < 9; piece++) {
            data.putInt(SelectiveWire.PACKET, (int) packet);
            data.putInt(SelectiveWire.PIECE, piece);
            assertTrue(machine.onDatagram(SelectiveWire.DATA, 0, data, 0, data.capacity(), piece * MS));
            machine.onTime(piece * MS + OPTIONS.maxAckDelayNs());
            long above = packet + 1;
            for (int at = SelectiveWire.RANGES; at < ackBytes[0]; at += SelectiveWire.RANGE_BYTES) {
                final long high = WireNumber.expand(ack.getInt(at + Integer.BYTES), packet + 1);
                final long low = WireNumber.expand(ack.getInt(at), packet + 1);
                assertTrue(low <= high && high < above && low >= first, "range " + low + " to " + high);
                above = low;
            }
            assertEquals(packet, WireNumber.expand(ack.getInt(SelectiveWire.RANGES + Integer.BYTES), packet + 1));
            packet += 1 << 29;
        }
    }
}
