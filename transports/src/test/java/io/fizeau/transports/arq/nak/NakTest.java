package io.fizeau.transports.arq.nak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.ends.TwoEnds;
import io.fizeau.transports.arq.ends.TwoEnds.Happening;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.wire.Wire;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NakTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long ONE_WAY = 20 * MILLISECOND;
    private static final long ROUND_TRIP = 2 * ONE_WAY;
    private static final long FIRST_HEARTBEAT = ROUND_TRIP + ROUND_TRIP / 8;
    private static final String DELAY = "delay=20ms";
    private static final int WINDOW = 64;
    private static final int NEAR_WRAP = -3;

    private static TwoEnds ends(final String impairment, final long nakDelayNs) {
        final NakBased kind = new NakBased(NakOptions.defaults().withNakDelayNs(nakDelayNs));
        return new TwoEnds(kind, WINDOW, false, impairment, NEAR_WRAP).connected();
    }

    /** Loses the datagrams of this type with these indices, counted from now on. */
    private static void lose(final TwoEnds ends, final byte what, final Integer... indices) {
        final int[] index = {0};
        ends.watch(
                (from, type, buffer) -> type != what || !Arrays.asList(indices).contains(index[0]++));
    }

    private static void assertIntact(final TwoEnds ends) {
        assertThat(ends.server().received())
                .containsExactlyElementsOf(ends.client().sent());
        assertThat(ends.client().received())
                .containsExactlyElementsOf(ends.server().sent());
    }

    private static void sendEach(final TwoEnds ends, final int count, final long gapNs) {
        for (int i = 0; i < count; i++) {
            assertThat(ends.send(ends.client(), 100)).isEqualTo(SendStatus.ACCEPTED);
            ends.forNs(gapNs);
        }
    }

    @Test
    void shouldSendNothingTwiceWhereNothingIsLost() {
        final TwoEnds ends = ends("delay=20ms:jitter=2ms:rate=20mbit:queue=1m", 0);

        ends.sendAll(ends.client(), 500, 100);
        ends.sendAll(ends.server(), 20, 5_000);
        ends.untilQuiet();

        assertIntact(ends);
        for (final TwoEnds.End end : List.of(ends.client(), ends.server())) {
            assertThat(end.tools().arqCounters().resent).isZero();
            assertThat(end.tools().arqCounters().requestsSent).isZero();
            assertThat(end.tools().arqCounters().duplicate).isZero();
        }
    }

    @Test
    void shouldDeliverAllOnceAndInOrderOnABadLink() {
        final TwoEnds ends =
                ends("loss=10%:delay=2ms:jitter=1ms:reorder=5%:places=2:hold=3ms:duplicate=5%:corrupt=5%:seed=9", 0);

        for (int i = 0; i < 200; i++) {
            final int length = i * 13 % 3_000;
            ends.until(() -> ends.send(ends.client(), length) == SendStatus.ACCEPTED);
            ends.until(() -> ends.send(ends.server(), 3_000 - length) == SendStatus.ACCEPTED);
        }
        ends.untilQuiet();

        assertIntact(ends);
        assertThat(ends.client().tools().arqCounters().resent).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 700_000})
    void shouldRepairALossInAFlowAfterARoundTripAndAHalfAndTheGapAndTheDelay(final long nakDelayNs) {
        final TwoEnds ends = ends(DELAY, nakDelayNs);
        lose(ends, NakWire.DATA, 3);
        final long begin = ends.nowNs();

        sendEach(ends, 10, MILLISECOND);
        ends.untilQuiet();

        final long sent = begin + 3 * MILLISECOND;
        assertThat(ends.server().all(Event.DELIVERED).get(3).nowNs() - sent)
                .isEqualTo(ROUND_TRIP + ONE_WAY + MILLISECOND + nakDelayNs);
        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(1);
        assertThat(ends.server().tools().arqCounters().requestsSent).isEqualTo(1);
        assertIntact(ends);
    }

    @Test
    void shouldNotAskForAGapThatClosesWithinTheDelay() {
        final TwoEnds ends = ends("delay=20ms:up.reorder=20%:up.places=2:up.hold=10ms", 5 * MILLISECOND);

        sendEach(ends, 100, MILLISECOND);
        ends.untilQuiet();

        assertThat(ends.server().tools().arqCounters().requestsSent).isZero();
        assertThat(ends.client().tools().arqCounters().resent).isZero();
        assertIntact(ends);
    }

    @Test
    void shouldMissTheLastPieceAtTheFirstHeartbeat() {
        final TwoEnds ends = ends(DELAY, 0);
        lose(ends, NakWire.DATA, 0);
        final long begin = ends.nowNs();

        ends.send(ends.client(), 10);
        ends.untilQuiet();

        assertThat(ends.server().all(Event.DELIVERED))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(FIRST_HEARTBEAT + ROUND_TRIP + ONE_WAY);
        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(1);
    }

    @Test
    void shouldSendHeartbeatsEverMoreRarelyUntilAllIsReleased() {
        final TwoEnds ends = ends("delay=1ms", 0);
        final List<Long> times = new ArrayList<>();
        ends.watch((from, type, buffer) -> {
            if (type == NakWire.HEARTBEAT) {
                times.add(ends.nowNs());
            }
            return type == NakWire.HEARTBEAT && times.size() == 10;
        });
        times.add(ends.nowNs());
        ends.send(ends.client(), 10);
        ends.forNs(1_000 * MILLISECOND);
        ends.watch((from, type, buffer) -> true);
        final List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            pauses.add((times.get(i) - times.get(i - 1)) / 10_000);
        }
        ends.untilQuiet();
        final long probes = ends.client().tools().arqCounters().probesSent;
        ends.forNs(1_000 * MILLISECOND);

        assertThat(pauses).startsWith(225L, 450L, 900L, 1_800L, 3_600L, 7_200L, 10_000L, 10_000L);
        assertThat(ends.client().tools().arqCounters().probesSent).isEqualTo(probes);
    }

    @Test
    void shouldAskAgainAfterPausesTwiceAsLongEachTime() {
        final TwoEnds ends = ends(DELAY, 0);
        // The piece, and the first three times it is sent again.
        ends.watch((from, type, buffer) -> type != NakWire.DATA
                || buffer.getInt(Wire.HEADER_BYTES, ByteOrder.LITTLE_ENDIAN) != NEAR_WRAP + 1
                || ends.client().all(Event.RESENT).size() >= 3);

        sendEach(ends, 3, MILLISECOND);
        ends.untilQuiet();

        final List<Happening> asked = ends.server().all(Event.REQUESTED);
        assertThat(asked).hasSize(4);
        final long first = asked.get(1).nowNs() - asked.get(0).nowNs();
        assertThat(first).isEqualTo(3 * ROUND_TRIP); // R + 4 R / 2, before there is a sample
        assertThat(asked.get(2).nowNs() - asked.get(1).nowNs()).isEqualTo(2 * first);
        assertThat(asked.get(3).nowNs() - asked.get(2).nowNs()).isEqualTo(4 * first);
        assertIntact(ends);
    }

    @Test
    void shouldAskOnceForAllRangesThatAreMissing() {
        final TwoEnds ends = ends(DELAY, MILLISECOND);
        lose(ends, NakWire.DATA, 1, 2, 4, 7, 8, 9);

        sendEach(ends, 12, 0);
        ends.untilQuiet();

        final int first = NEAR_WRAP;
        assertThat(ends.server().tools().arqCounters().requestsSent).isEqualTo(1);
        assertThat(ends.server().all(Event.REQUESTED))
                .extracting(each -> (int) each.sequence())
                .containsExactly(first + 1, first + 4, first + 7);
        assertThat(ends.server().all(Event.REQUESTED))
                .extracting(Happening::length)
                .containsExactly(2, 1, 3);
        assertThat(ends.client().all(Event.RESENT)).hasSize(6);
        assertIntact(ends);
    }

    @Test
    void shouldAskInSeveralDatagramsForMoreRangesThanOneHolds() {
        final TwoEnds ends = ends(DELAY, MILLISECOND);
        final int[] index = {0};
        ends.watch((from, type, buffer) -> type != NakWire.DATA || index[0] >= 40 || index[0]++ % 2 == 0);

        sendEach(ends, 42, 0);
        ends.untilQuiet();

        assertThat(ends.server().tools().arqCounters().requestsSent).isEqualTo(2);
        assertThat(ends.client().all(Event.RESENT)).hasSize(20);
        assertIntact(ends);
    }

    @Test
    void shouldNotSendAPieceTwiceForTwoRequestsThatFollowEachOther() {
        final TwoEnds ends = ends(DELAY, 0);
        ends.watch((from, type, buffer) -> type != NakWire.DATA);
        sendEach(ends, 2, 0);
        final byte[] request = request(NEAR_WRAP, NEAR_WRAP + 1);

        ends.inject(ends.client(), NakWire.REQUEST, 1, request);
        ends.forNs(ONE_WAY - 1);
        ends.inject(ends.client(), NakWire.REQUEST, 1, request);
        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(1);
        ends.forNs(1);
        ends.inject(ends.client(), NakWire.REQUEST, 1, request);
        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(2);
    }

    private static byte[] request(final int from, final int to) {
        final byte[] body = new byte[NakWire.REPORT_BYTES + NakWire.RANGE_BYTES];
        NakWire.putReport(new UnsafeBuffer(body), 0, NEAR_WRAP, NEAR_WRAP + WINDOW, 0);
        NakWire.putRange(new UnsafeBuffer(body), 0, 0, from, to);
        return body;
    }

    @Test
    void shouldReportEachQuarterOfTheWindow() {
        final TwoEnds ends = ends(DELAY, 0);

        sendEach(ends, WINDOW - 1, 0);
        ends.forNs(ONE_WAY);
        assertThat(ends.server().tools().arqCounters().acknowledgementsSent).isEqualTo(1); // came together
        ends.forNs(ONE_WAY);

        assertThat(ends.client().mechanism().isDrained()).isTrue();
        assertThat(ends.client().tools().arqCounters().probesSent).isZero();
    }

    @Test
    void shouldOpenAClosedCreditAlthoughTheNewsOfItAreLost() {
        final TwoEnds ends = ends(DELAY, 0);
        ends.server().stall(true);
        for (int i = 0; i < WINDOW + 4; i++) {
            ends.send(ends.client(), 500);
        }
        ends.forNs(400 * MILLISECOND);
        final long sent = ends.client().tools().arqCounters().sent;
        ends.watch((from, type, buffer) -> from == ends.client());
        ends.server().stall(false);
        ends.deliver(ends.server());
        ends.forNs(100 * MILLISECOND);
        ends.watch((from, type, buffer) -> true);
        ends.untilQuiet();

        assertThat(sent).isEqualTo(WINDOW);
        assertThat(ends.client().tools().arqCounters().resent).isZero();
        assertIntact(ends);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE - 20, -20, 0})
    void shouldCrossTheWrapOfTheWireNumber(final int first) {
        final TwoEnds ends =
                new TwoEnds(NakBased.withDefaults(), WINDOW, false, "delay=1ms:loss=5%", first).connected();

        ends.sendAll(ends.client(), 300, 10);
        ends.untilQuiet();

        assertIntact(ends);
    }

    @Test
    void shouldGatherUntilTheFlush() {
        final TwoEnds ends = new TwoEnds(NakBased.withDefaults(), WINDOW, true, DELAY, NEAR_WRAP).connected();

        sendEach(ends, 5, MILLISECOND);
        assertThat(ends.client().tools().arqCounters().sent).isZero();
        ends.client().session().flush(ends.nowNs());
        ends.untilQuiet();

        assertThat(ends.client().tools().arqCounters().sent).isEqualTo(1);
        assertIntact(ends);
    }

    @Test
    void shouldTryAgainWhatTheSocketDidNotTake() {
        final TwoEnds ends = ends(DELAY, 0);
        lose(ends, NakWire.DATA, 1);
        ends.client().fillSocket(true);
        sendEach(ends, 3, 0);
        ends.forNs(MILLISECOND);
        assertThat(ends.client().tools().arqCounters().sent).isZero();
        ends.client().fillSocket(false);
        ends.forNs(ONE_WAY + 1);
        ends.client().fillSocket(true); // when the request comes
        ends.forNs(ONE_WAY + MILLISECOND);
        assertThat(ends.client().tools().arqCounters().resent).isZero();
        ends.client().fillSocket(false);
        ends.untilQuiet();

        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(1);
        assertIntact(ends);
    }

    @Test
    void shouldIgnoreWhatSpeaksOfPiecesThatWereNeverSent() {
        final TwoEnds ends = ends(DELAY, 0);
        ends.watch((from, type, buffer) -> type != NakWire.DATA);
        ends.send(ends.client(), 10);
        final byte[] status = new byte[NakWire.STATUS_BYTES];
        NakWire.putReport(new UnsafeBuffer(status), 0, NEAR_WRAP + 2, NEAR_WRAP + 2 + WINDOW, 0);
        final byte[] heartbeat = new byte[NakWire.HEARTBEAT_BYTES];

        assertThat(ends.inject(ends.client(), NakWire.STATUS, 0, status)).isTrue();
        assertThat(ends.inject(ends.client(), NakWire.REQUEST, 1, request(NEAR_WRAP, NEAR_WRAP + 2)))
                .isTrue();
        NakWire.putHeartbeat(new UnsafeBuffer(heartbeat), 0, NEAR_WRAP + WINDOW + 1, 1);
        assertThat(ends.inject(ends.server(), NakWire.HEARTBEAT, 0, heartbeat)).isTrue();

        assertThat(ends.client().mechanism().isDrained()).isFalse();
        assertThat(ends.client().tools().arqCounters().resent).isZero();
        assertThat(ends.client().tools().arqCounters().beyondWindow).isEqualTo(2);
        assertThat(ends.server().tools().arqCounters().beyondWindow).isEqualTo(1);
        assertThat(ends.server().tools().arqCounters().requestsSent).isZero();
    }

    @Test
    void shouldRefuseRangesThatNobodyAsksFor() {
        final TwoEnds ends = ends(DELAY, 0);
        sendEach(ends, 3, 0);

        assertThat(ends.inject(ends.client(), NakWire.REQUEST, 1, request(NEAR_WRAP + 1, NEAR_WRAP + 1)))
                .isFalse();
        assertThat(ends.inject(ends.client(), NakWire.REQUEST, 1, request(NEAR_WRAP - 1, NEAR_WRAP + 1)))
                .isFalse();
        assertThat(ends.inject(ends.client(), NakWire.REQUEST, 2, request(NEAR_WRAP, NEAR_WRAP + 1)))
                .isFalse();
    }

    @Test
    void shouldRefuseEachTruncationOfEachDatagram() {
        final TwoEnds ends = ends(DELAY, 0);
        final List<UnsafeBuffer> seen = new ArrayList<>();
        ends.watch((from, type, buffer) -> {
            seen.add(buffer);
            return seen.size() != 2;
        });
        sendEach(ends, 3, 0);
        ends.untilQuiet();

        assertThat(seen)
                .extracting(each -> Wire.type(each, 0))
                .contains(NakWire.DATA, NakWire.STATUS, NakWire.REQUEST, NakWire.HEARTBEAT);
        for (final UnsafeBuffer datagram : seen) {
            for (int length = Wire.HEADER_BYTES; length < datagram.capacity(); length++) {
                final byte[] body = Arrays.copyOfRange(datagram.byteArray(), Wire.HEADER_BYTES, length);
                final int before = ends.server().happenings().size();
                assertThat(ends.inject(ends.server(), Wire.type(datagram, 0), Wire.flags(datagram, 0), body))
                        .isFalse();
                assertThat(ends.server().happenings()).hasSize(before);
            }
        }
    }

    @Test
    void shouldNameAnOptionThatIsOutOfRange() {
        assertThatThrownBy(() -> NakOptions.defaults().withNakDelayNs(-1))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("nakDelayNs=-1 must be from 0 to ");
    }
}
