package io.fizeau.transports.arq.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.ends.TwoEnds;
import io.fizeau.transports.arq.ends.TwoEnds.Happening;
import io.fizeau.transports.arq.nak.NakMachine;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FecTest {
    private static final byte DATA = Wire.FIRST_OF_MECHANISM;
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long ONE_WAY = 20 * MILLISECOND;
    private static final long ROUND_TRIP = 2 * ONE_WAY;
    private static final long GAP = 100 * MICROSECOND;
    private static final String DELAY = "delay=20ms";
    private static final int WINDOW = 64;
    private static final int NEAR_WRAP = -3;

    private static TwoEnds ends(final String impairment, final int pieces, final int repairs, final long blockDelayNs) {
        final FecOptions options = FecOptions.defaults().withBlocks(pieces, repairs, blockDelayNs);
        return new TwoEnds(new ForwardErrorCorrection(options), WINDOW, false, impairment, NEAR_WRAP).connected();
    }

    private static TwoEnds ends(final String impairment) {
        return ends(impairment, 8, 1, MILLISECOND);
    }

    /** Loses the datagrams of the client with these indices, counted from now on, pieces and repairs alike. */
    private static void lose(final TwoEnds ends, final Integer... indices) {
        final int[] index = {0};
        ends.watch((from, type, buffer) ->
                from != ends.client() || !Arrays.asList(indices).contains(index[0]++));
    }

    private static void assertIntact(final TwoEnds ends) {
        assertThat(ends.server().received())
                .containsExactlyElementsOf(ends.client().sent());
        assertThat(ends.client().received())
                .containsExactlyElementsOf(ends.server().sent());
    }

    private static void assertNothingAskedFor(final TwoEnds ends) {
        assertThat(ends.server().tools().arqCounters().requestsSent).isZero();
        assertThat(ends.client().tools().arqCounters().resent).isZero();
    }

    private static void sendEach(final TwoEnds ends, final int count, final long gapNs) {
        for (int i = 0; i < count; i++) {
            assertThat(ends.send(ends.client(), 100 + i)).isEqualTo(SendStatus.ACCEPTED);
            ends.forNs(gapNs);
        }
    }

    @Test
    void shouldSendNothingTwiceWhereNothingIsLost() {
        final TwoEnds ends = ends("delay=20ms:jitter=2ms:rate=20mbit:queue=1m");

        ends.sendAll(ends.client(), 400, 100);
        ends.sendAll(ends.server(), 16, 5_000);
        ends.untilQuiet();

        assertIntact(ends);
        for (final TwoEnds.End end : List.of(ends.client(), ends.server())) {
            assertThat(end.tools().arqCounters().resent).isZero();
            assertThat(end.tools().arqCounters().requestsSent).isZero();
            assertThat(end.tools().arqCounters().restored).isZero();
            assertThat(end.tools().arqCounters().duplicate).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"8,1,48,6", "8,1,49,7", "8,2,48,12", "5,3,11,9", "1,1,4,4", "32,8,1,8"})
    void shouldSendSoManyRepairsABlock(final int pieces, final int repairs, final int messages, final long expected) {
        final TwoEnds ends = ends(DELAY, pieces, repairs, MILLISECOND);

        sendEach(ends, messages, 0);
        ends.untilQuiet();

        assertThat(ends.client().tools().arqCounters().repairsSent).isEqualTo(expected);
        assertThat(ends.client().tools().arqCounters().sent).isEqualTo(messages);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void shouldRestoreALossWhenTheRepairOfItsBlockComes(final int lost) {
        final TwoEnds ends = ends(DELAY);
        lose(ends, lost);
        final long begin = ends.nowNs();

        sendEach(ends, 20, GAP);
        ends.untilQuiet();

        assertThat(ends.server().all(Event.RESTORED))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(7 * GAP + ONE_WAY); // the repair leaves with the eighth piece
        assertThat(ends.server().all(Event.RESTORED))
                .extracting(Happening::length)
                .containsExactly(104 + lost);
        assertThat(ends.server().tools().arqCounters().restored).isEqualTo(1);
        assertNothingAskedFor(ends);
        assertIntact(ends);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300_000, 5_000_000})
    void shouldRestoreTheLastPieceAfterTheBlockDelay(final long blockDelayNs) {
        final TwoEnds ends = ends(DELAY, 8, 1, blockDelayNs);
        lose(ends, 0);
        final long begin = ends.nowNs();

        ends.send(ends.client(), 10);
        ends.untilQuiet();

        assertThat(ends.server().all(Event.DELIVERED))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(blockDelayNs + ONE_WAY);
        assertNothingAskedFor(ends);
    }

    @ParameterizedTest
    @CsvSource({"8,2,0;7", "5,3,0;1;4", "32,8,0;3;6;9;12;15;18;31", "1,1,0", "3,8,0;1;2"})
    void shouldRestoreAsManyAsThereAreRepairs(final int pieces, final int repairs, final String lost) {
        final TwoEnds ends = ends(DELAY, pieces, repairs, 20 * MILLISECOND);
        lose(ends, Arrays.stream(lost.split(";")).map(Integer::valueOf).toArray(Integer[]::new));

        sendEach(ends, pieces + 2, GAP);
        ends.untilQuiet();

        assertThat(ends.server().tools().arqCounters().restored).isEqualTo(lost.split(";").length);
        assertNothingAskedFor(ends);
        assertIntact(ends);
    }

    @Test
    void shouldAskAtTheLastRepairForWhatItDidNotRestore() {
        final TwoEnds ends = ends(DELAY);
        lose(ends, 1, 2);
        final long begin = ends.nowNs();

        sendEach(ends, 8, GAP);
        ends.untilQuiet();

        final long repairCame = begin + 7 * GAP + ONE_WAY;
        assertThat(ends.server().all(Event.REQUESTED))
                .extracting(Happening::nowNs)
                .containsExactly(repairCame);
        assertThat(ends.server().all(Event.DELIVERED).get(7).nowNs()).isEqualTo(repairCame + ROUND_TRIP);
        assertIntact(ends);
    }

    @Test
    void shouldAskAtTheNextBlockIfTheRepairIsLostToo() {
        final TwoEnds ends = ends(DELAY);
        lose(ends, 1, 8);
        final long begin = ends.nowNs();

        sendEach(ends, 16, GAP);
        ends.untilQuiet();

        assertThat(ends.server().all(Event.REQUESTED))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(8 * GAP + ONE_WAY);
        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(1);
        assertIntact(ends);
    }

    @Test
    void shouldAskAtTheHeartbeatIfNothingElseFollows() {
        // A gap waits for 10 ms, a heartbeat comes sooner.
        final TwoEnds ends = ends("delay=2ms");
        lose(ends, 1, 8);

        sendEach(ends, 8, GAP);
        ends.untilQuiet();

        final long closed = ends.client().all(Event.SENT).get(7).nowNs();
        assertThat(ends.server().all(Event.REQUESTED))
                .extracting(each -> each.nowNs() - closed)
                .containsExactly(4 * MILLISECOND + MILLISECOND / 2 + 2 * MILLISECOND);
        assertIntact(ends);
    }

    @Test
    void shouldAskAfterTheDelayIfNothingFollowsForLonger() {
        final TwoEnds ends = ends(DELAY, 8, 1, 50 * MILLISECOND);
        lose(ends, 1);
        final long begin = ends.nowNs();

        sendEach(ends, 3, GAP);
        ends.untilQuiet();

        assertThat(ends.server().all(Event.REQUESTED))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(2 * GAP + ONE_WAY + 10 * MILLISECOND);
        assertIntact(ends);
    }

    @Test
    void shouldRestoreFromAKeptRepairWhenAMissingPieceComes() {
        final TwoEnds ends = ends(DELAY);
        // Two pieces, and of the two that are asked for the first one.
        lose(ends, 1, 2, 9);

        sendEach(ends, 8, GAP);
        ends.untilQuiet();

        assertThat(ends.client().all(Event.RESENT)).hasSize(2);
        assertThat(ends.server().tools().arqCounters().restored).isEqualTo(1);
        assertThat(ends.server().tools().arqCounters().requestsSent).isEqualTo(1);
        assertIntact(ends);
    }

    @Test
    void shouldDeliverAllOnceAndInOrderOnABadLink() {
        final TwoEnds ends =
                ends("loss=10%:delay=2ms:jitter=1ms:reorder=5%:places=2:hold=3ms:duplicate=5%:corrupt=5%:seed=9");

        for (int i = 0; i < 300; i++) {
            final int length = i * 13 % 3_000;
            ends.until(() -> ends.send(ends.client(), length) == SendStatus.ACCEPTED);
            ends.until(() -> ends.send(ends.server(), 3_000 - length) == SendStatus.ACCEPTED);
        }
        ends.untilQuiet();

        assertIntact(ends);
        assertThat(ends.server().tools().arqCounters().restored).isPositive();
        assertThat(ends.client().tools().arqCounters().resent).isPositive();
    }

    @Test
    void shouldLeaveToRequestsAboutAsMuchAsTheCodeCannotRestore() {
        // n = 9, m = 1, p = 5 %: the sum over i > 1 of C(9, i) p^i (1 - p)^(9 - i) i / 9 is 0.0168.
        final TwoEnds ends = ends("up.loss=5%:delay=1ms:seed=77");

        ends.sendAll(ends.client(), 20_000, 50);
        ends.untilQuiet();

        final double residual = ends.client().all(Event.LOST).stream()
                        .map(Happening::sequence)
                        .distinct()
                        .count()
                / 20_000.0;
        assertThat(residual).isBetween(0.0168 * 0.8, 0.0168 * 1.2);
        assertIntact(ends);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE - 20, -20, 0})
    void shouldCrossTheWrapOfTheWireNumber(final int first) {
        final TwoEnds ends = new TwoEnds(
                        ForwardErrorCorrection.withDefaults(), WINDOW, false, "delay=1ms:loss=5%", first)
                .connected();

        ends.sendAll(ends.client(), 300, 10);
        ends.untilQuiet();

        assertIntact(ends);
        assertThat(ends.server().tools().arqCounters().restored).isPositive();
    }

    @Test
    void shouldTryAgainWhatTheSocketDidNotTake() {
        final TwoEnds ends = ends(DELAY);
        lose(ends, 0);
        ends.send(ends.client(), 10);
        ends.client().fillSocket(true);
        ends.forNs(3 * MILLISECOND);
        assertThat(ends.client().tools().arqCounters().repairsSent).isZero();
        ends.client().fillSocket(false);
        ends.untilQuiet();

        assertThat(ends.client().tools().arqCounters().repairsSent).isEqualTo(1);
        assertThat(ends.server().tools().arqCounters().restored).isEqualTo(1);
        assertNothingAskedFor(ends);
        assertIntact(ends);
    }

    @Test
    void shouldAnswerFromWithinAMessageThatIsRestored() {
        final TwoEnds ends = ends("delay=1ms:loss=5%:seed=3");
        ends.server().onMessage(() -> ends.send(ends.server(), 200));
        ends.client().onMessage(() -> {
            if (ends.client().sent().size() < 500) {
                ends.send(ends.client(), 300);
            }
        });

        ends.send(ends.client(), 300);
        ends.send(ends.client(), 300);
        ends.untilQuiet();

        assertThat(ends.client().received()).hasSizeGreaterThanOrEqualTo(500);
        assertIntact(ends);
    }

    @Test
    void shouldIgnoreARepairOfWhatIsBeyondTheCredit() {
        final TwoEnds ends = ends(DELAY);
        final byte[] body = new byte[FecWire.REPAIR_BYTES + 10];
        FecWire.putRepair(new UnsafeBuffer(body), 0, NEAR_WRAP + WINDOW, 1, 1, 10);

        assertThat(ends.inject(ends.server(), FecWire.REPAIR, 0, body)).isTrue();
        assertThat(ends.server().tools().arqCounters().beyondWindow).isEqualTo(1);
        assertThat(ends.server().tools().arqCounters().restored).isZero();
    }

    @Test
    void shouldTakeNothingFromARepairThatIsNoneOfItsBlock() {
        final TwoEnds ends = ends(DELAY);
        final byte[] body = new byte[FecWire.REPAIR_BYTES + 10];
        Arrays.fill(body, (byte) 0xff);
        FecWire.putRepair(new UnsafeBuffer(body), 0, NEAR_WRAP, 1, 1, 10);

        assertThat(ends.inject(ends.server(), FecWire.REPAIR, 0, body)).isTrue();
        assertThat(ends.server().tools().arqCounters().restored).isZero();
        assertThat(ends.server().isLost()).isFalse();
    }

    @Test
    void shouldRefuseEachTruncationOfEachDatagram() {
        final TwoEnds ends = ends(DELAY);
        final List<UnsafeBuffer> seen = new ArrayList<>();
        ends.watch((from, type, buffer) -> {
            seen.add(buffer);
            return seen.size() != 2;
        });
        sendEach(ends, 3, 0);
        ends.untilQuiet();

        assertThat(seen).extracting(each -> Wire.type(each, 0)).contains(DATA, FecWire.REPAIR);
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
    void shouldSendNoDatagramLongerThanTheLongest() {
        final TwoEnds ends = ends(DELAY);
        final List<Integer> lengths = new ArrayList<>();
        ends.watch((from, type, buffer) -> lengths.add(buffer.capacity()));

        ends.sendAll(ends.client(), 2, TwoEnds.MAX_MESSAGE_BYTES);
        ends.untilQuiet();

        assertThat(lengths.stream().mapToInt(Integer::intValue).max()).hasValue(TwoEnds.MAX_DATAGRAM_BYTES);
        assertThat(NakMachine.OVERHEAD_BYTES)
                .isLessThan(ForwardErrorCorrection.withDefaults().overheadBytes());
    }

    @Test
    void shouldNameAnOptionThatIsOutOfRange() {
        final FecOptions defaults = FecOptions.defaults();
        assertThatThrownBy(() -> defaults.withBlocks(33, 1, 0))
                .isInstanceOf(TransportException.class)
                .hasMessage("pieces=33 must be from 1 to 32");
        assertThatThrownBy(() -> defaults.withBlocks(8, 0, 0)).hasMessage("repairs=0 must be from 1 to 8");
        assertThatThrownBy(() -> defaults.withBlocks(8, 1, -1)).hasMessageContaining("blockDelayNs=-1 must be from 0");
    }
}
