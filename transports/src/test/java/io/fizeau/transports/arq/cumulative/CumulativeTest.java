package io.fizeau.transports.arq.cumulative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.arq.ends.TwoEnds;
import io.fizeau.transports.arq.ends.TwoEnds.Happening;
import io.fizeau.transports.arq.stream.SendQueue;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.wire.Wire;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CumulativeTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long ONE_WAY = 20 * MILLISECOND;
    private static final String DELAY = "delay=20ms";
    private static final int WINDOW = 16;
    private static final int NEAR_WRAP = -3;

    static Stream<MechanismKind> kinds() {
        return Stream.of(StopAndWait.withDefaults(), GoBackN.withDefaults());
    }

    private static TwoEnds goBackN(final String impairment) {
        return new TwoEnds(GoBackN.withDefaults(), WINDOW, false, impairment, NEAR_WRAP).connected();
    }

    /** Loses the data datagrams of the client with these indices, counted from now on. */
    private static void lose(final TwoEnds ends, final Integer... indices) {
        final int[] index = {0};
        ends.watch((from, type, buffer) -> from != ends.client()
                || type != CumulativeWire.DATA
                || !Arrays.asList(indices).contains(index[0]++));
    }

    private static void assertIntact(final TwoEnds ends) {
        assertThat(ends.server().received())
                .containsExactlyElementsOf(ends.client().sent());
        assertThat(ends.client().received())
                .containsExactlyElementsOf(ends.server().sent());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldSendNothingTwiceWhereNothingIsLost(final MechanismKind kind) {
        final TwoEnds ends = new TwoEnds(kind, WINDOW, false, "delay=20ms:rate=20mbit:queue=1m", NEAR_WRAP).connected();

        ends.sendAll(ends.client(), 300, 100);
        ends.sendAll(ends.server(), 20, 5_000);
        ends.untilQuiet();

        assertIntact(ends);
        for (final TwoEnds.End end : List.of(ends.client(), ends.server())) {
            assertThat(end.tools().arqCounters().resent).isZero();
            assertThat(end.tools().arqCounters().timeouts).isZero();
            assertThat(end.tools().arqCounters().spurious).isZero();
            assertThat(end.tools().arqCounters().beyondWindow).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDeliverAllOnceAndInOrderOnABadLink(final MechanismKind kind) {
        final TwoEnds ends = new TwoEnds(
                        kind,
                        WINDOW,
                        false,
                        "loss=10%:delay=2ms:jitter=1ms:reorder=5%:places=2:hold=3ms:duplicate=5%:corrupt=5%:seed=9",
                        NEAR_WRAP)
                .connected();

        for (int i = 0; i < 200; i++) {
            final int length = i * 13 % 3_000;
            ends.until(() -> ends.send(ends.client(), length) == SendStatus.ACCEPTED);
            ends.until(() -> ends.send(ends.server(), 3_000 - length) == SendStatus.ACCEPTED);
        }
        ends.untilQuiet();

        assertIntact(ends);
        assertThat(ends.client().tools().arqCounters().resent).isPositive();
    }

    @Test
    void shouldHaveOnePieceOnTheWayInStopAndWait() {
        final TwoEnds ends = new TwoEnds(StopAndWait.withDefaults(), WINDOW, false, DELAY, NEAR_WRAP).connected();
        final long begin = ends.nowNs();

        ends.send(ends.client(), 10);
        ends.send(ends.client(), 10);
        ends.send(ends.client(), 10);
        ends.untilQuiet();

        assertThat(ends.client().all(Event.SENT))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(0L, 2 * ONE_WAY, 4 * ONE_WAY);
    }

    @Test
    void shouldRepairALossAfterTheTimeoutAndOneWay() {
        final TwoEnds ends = goBackN(DELAY);
        lose(ends, 0);
        final long begin = ends.nowNs();

        ends.send(ends.client(), 10);
        ends.untilQuiet();

        // RFC 6298 rule 2.2, with the round trip of the handshake: R + 4 R / 2.
        final long timeout = 3 * 2 * ONE_WAY;
        assertThat(ends.server().all(Event.DELIVERED))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(timeout + ONE_WAY);
    }

    @Test
    void shouldSendAllFromTheFirstLossOnAgain() {
        final TwoEnds ends = goBackN(DELAY);
        lose(ends, 4);

        ends.sendAll(ends.client(), 10, 10);
        ends.untilQuiet();

        final List<Long> sent =
                ends.client().all(Event.SENT).stream().map(Happening::sequence).toList();
        assertThat(ends.client().all(Event.RESENT))
                .extracting(Happening::sequence)
                .isEqualTo(sent.subList(4, 10));
        assertThat(ends.client().tools().arqCounters().timeouts).isEqualTo(1);
        assertThat(ends.server().tools().arqCounters().beyondWindow).isEqualTo(5);
        assertIntact(ends);
    }

    @Test
    void shouldSpreadWhatIsSentAgainOverARoundTrip() {
        final TwoEnds ends = goBackN(DELAY);
        lose(ends, 0);

        for (int i = 0; i < WINDOW; i++) {
            ends.send(ends.client(), 10);
        }
        ends.untilQuiet();

        final List<Happening> resent = ends.client().all(Event.RESENT);
        final long begin = resent.get(0).nowNs();
        for (int i = 0; i < WINDOW; i++) {
            assertThat(resent.get(i).nowNs() - begin).isEqualTo(i * (2 * ONE_WAY) / WINDOW);
        }
    }

    /** A link on which a piece takes 1 ms and a round trip 1 + 2 a = 21 ms. */
    private static double useOfTheLink(final MechanismKind kind, final String loss, final int pieces) {
        final TwoEnds ends = new TwoEnds(
                        kind, 22, false, "delay=10ms:up.rate=8mbit:up.queue=1m:up.loss=" + loss, NEAR_WRAP)
                .connected();
        final int length = TwoEnds.MAX_DATAGRAM_BYTES - kind.overheadBytes() - SendQueue.LENGTH_BYTES;
        final long begin = ends.nowNs();
        ends.sendAll(ends.client(), pieces, length);
        ends.untilQuiet();
        return pieces * MILLISECOND / (double) (ends.nowNs() - begin);
    }

    @ParameterizedTest
    @CsvSource({"1%, 0.01", "5%, 0.05"})
    void shouldMakeTheUseOfTheLinkThatTheTextbookGivesForGoBackN(final String loss, final double p) {
        final double m = 2 + 20;

        assertThat(useOfTheLink(GoBackN.withDefaults(), loss, 10_000))
                .isCloseTo((1 - p) / (1 - p + m * p), withinPercentage(10));
    }

    @ParameterizedTest
    @CsvSource({"1%, 0.01", "10%, 0.1"})
    void shouldMakeTheUseOfTheLinkThatTheTextbookGivesForStopAndWait(final String loss, final double p) {
        assertThat(useOfTheLink(StopAndWait.withDefaults(), loss, 3_000))
                .isCloseTo((1 - p) / (1 + 20), withinPercentage(10));
    }

    @Test
    void shouldRunTheTimerFromTheSendingOfTheOldestPiece() {
        final TwoEnds ends = goBackN(DELAY);
        lose(ends, 1);
        final long begin = ends.nowNs();
        ends.send(ends.client(), 10);
        ends.forNs(10 * MILLISECOND);

        ends.send(ends.client(), 10); // lost
        ends.untilQuiet();

        // One sample equal to R leaves R and R / 2 as they are.
        assertThat(ends.client().all(Event.RESENT))
                .extracting(each -> each.nowNs() - begin)
                .containsExactly(10 * MILLISECOND + 3 * 2 * ONE_WAY);
    }

    @Test
    void shouldDoubleTheTimeoutUpToItsLimitAndTakeThatBack() {
        final TwoEnds ends = goBackN(DELAY);
        lose(ends, 0, 1, 2, 3, 4);

        ends.send(ends.client(), 10);
        ends.untilQuiet();
        assertThat(gaps(ends.client().all(Event.TIMEOUT))).containsExactly(240L, 480L, 960L, 1000L);
        lose(ends, 0);
        ends.send(ends.client(), 10);
        final long begin = ends.nowNs();
        ends.untilQuiet();

        assertThat(ends.client().all(Event.TIMEOUT).get(5).nowNs() - begin).isEqualTo(120 * MILLISECOND);
        assertThat(ends.client().all(Event.TIMEOUT))
                .extracting(Happening::length)
                .containsExactly(1, 2, 3, 4, 5, 1);
    }

    private static List<Long> gaps(final List<Happening> happenings) {
        final List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < happenings.size(); i++) {
            gaps.add((happenings.get(i).nowNs() - happenings.get(i - 1).nowNs()) / MILLISECOND);
        }
        return gaps;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLearnThatThePathHasBecomeLonger(final MechanismKind kind) {
        // The handshake sees 2 ms, of which the least time-out of 10 ms follows; then a queue makes it 60 ms and more.
        final TwoEnds ends = new TwoEnds(kind, WINDOW, false, "delay=1ms:rate=1mbit:queue=1m", NEAR_WRAP).connected();

        ends.sendAll(ends.client(), 200, 900);
        ends.untilQuiet();
        final long resent = ends.client().tools().arqCounters().resent;
        ends.sendAll(ends.client(), 200, 900);
        ends.untilQuiet();

        assertIntact(ends);
        assertThat(ends.client().tools().arqCounters().resent).isEqualTo(resent);
        assertThat(ends.client().tools().arqCounters().spurious).isLessThanOrEqualTo(resent);
    }

    @Test
    void shouldTakeTheSampleOfAPieceThatCameTheFirstTimeAfterAll() {
        final TwoEnds ends = goBackN(DELAY);
        ends.watch((from, type, buffer) -> from != ends.client());
        for (int i = 0; i < 3; i++) {
            ends.send(ends.client(), 10);
        }
        ends.forNs(121 * MILLISECOND); // the first one is sent again after 120 ms, the others not yet
        assertThat(ends.client().all(Event.RESENT)).hasSize(1);

        ends.inject(ends.client(), CumulativeWire.ACKNOWLEDGEMENT, 0, acknowledgement(NEAR_WRAP + 3));
        final byte[] duplicate = acknowledgement(NEAR_WRAP + 3);
        new UnsafeBuffer(duplicate).putShort(8, (short) 1, ByteOrder.LITTLE_ENDIAN);
        ends.inject(ends.client(), CumulativeWire.ACKNOWLEDGEMENT, 0, duplicate);
        final long begin = ends.nowNs();
        ends.send(ends.client(), 10);
        ends.until(() -> ends.client().all(Event.TIMEOUT).size() == 2);

        assertThat(ends.client().tools().arqCounters().spurious).isEqualTo(1);
        assertThat(ends.nowNs() - begin).isEqualTo(3 * 121 * MILLISECOND);
    }

    @Test
    void shouldOpenAClosedCreditAlthoughTheNewsOfItAreLost() {
        final TwoEnds ends = goBackN(DELAY);
        ends.server().stall(true);
        for (int i = 0; i < WINDOW + 4; i++) {
            ends.send(ends.client(), 500);
        }
        ends.forNs(400 * MILLISECOND);
        final long probes = ends.client().tools().arqCounters().probesSent;
        final long sent = ends.client().tools().arqCounters().sent;
        ends.watch((from, type, buffer) -> from == ends.client());
        ends.server().stall(false);
        ends.deliver(ends.server());
        ends.forNs(100 * MILLISECOND);
        ends.watch((from, type, buffer) -> true);
        ends.untilQuiet();

        assertThat(sent).isEqualTo(WINDOW);
        assertThat(probes).isPositive();
        assertThat(ends.client().tools().arqCounters().resent).isZero();
        assertIntact(ends);
    }

    @Test
    void shouldAnnounceThatTheCreditHasOpened() {
        final TwoEnds ends = goBackN(DELAY);
        ends.server().stall(true);
        for (int i = 0; i < WINDOW + 1; i++) {
            ends.send(ends.client(), 500);
        }
        ends.forNs(2 * ONE_WAY);
        ends.server().stall(false);
        final long begin = ends.nowNs();
        ends.deliver(ends.server());
        ends.untilQuiet();

        assertThat(ends.server().all(Event.DELIVERED).get(WINDOW).nowNs() - begin)
                .isEqualTo(2 * ONE_WAY);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE - 20, -20, 0})
    void shouldCrossTheWrapOfTheWireNumber(final int first) {
        final TwoEnds ends = new TwoEnds(GoBackN.withDefaults(), WINDOW, false, "delay=1ms:loss=5%", first).connected();

        ends.sendAll(ends.client(), 200, 10);
        ends.untilQuiet();

        assertIntact(ends);
    }

    @Test
    void shouldBringTheAcknowledgementOnAPieceThatLeavesAnyway() {
        final TwoEnds ends = goBackN(DELAY);
        ends.server().onMessage(() -> ends.send(ends.server(), 10));
        ends.client().onMessage(() -> {
            if (ends.client().sent().size() < 10) {
                ends.send(ends.client(), 10);
            }
        });

        ends.send(ends.client(), 10);
        ends.untilQuiet();

        assertThat(ends.server().received()).hasSize(10);
        assertThat(ends.server().tools().arqCounters().acknowledgementsSent).isZero();
        assertThat(ends.client().tools().arqCounters().acknowledgementsSent).isEqualTo(1);
    }

    @Test
    void shouldGatherUntilTheFlush() {
        final TwoEnds ends = new TwoEnds(GoBackN.withDefaults(), WINDOW, true, DELAY, NEAR_WRAP).connected();

        for (int i = 0; i < 5; i++) {
            ends.send(ends.client(), 10);
        }
        ends.forNs(100 * MILLISECOND);
        assertThat(ends.client().tools().arqCounters().sent).isZero();
        ends.client().session().flush(ends.nowNs());
        ends.untilQuiet();

        assertThat(ends.client().tools().arqCounters().sent).isEqualTo(1);
        assertIntact(ends);
    }

    @Test
    void shouldTryAgainWhatTheSocketDidNotTake() {
        final TwoEnds ends = goBackN(DELAY);
        ends.client().fillSocket(true);
        ends.send(ends.client(), 10);
        ends.forNs(MILLISECOND);
        assertThat(ends.client().tools().arqCounters().sent).isZero();
        ends.client().fillSocket(false);
        ends.untilQuiet();

        assertThat(ends.client().tools().arqCounters().sent).isEqualTo(1);
        assertThat(ends.client().tools().arqCounters().timeouts).isZero();
        assertIntact(ends);
    }

    @Test
    void shouldIgnoreAnAcknowledgementOfWhatWasNeverSent() {
        final TwoEnds ends = goBackN(DELAY);
        ends.send(ends.client(), 10);

        assertThat(ends.inject(ends.client(), CumulativeWire.ACKNOWLEDGEMENT, 0, acknowledgement(NEAR_WRAP + 2)))
                .isTrue();
        assertThat(ends.client().mechanism().isDrained()).isFalse();
        assertThat(ends.client().tools().arqCounters().beyondWindow).isEqualTo(1);
        assertThat(ends.inject(ends.client(), CumulativeWire.ACKNOWLEDGEMENT, 0, acknowledgement(NEAR_WRAP + 1)))
                .isTrue();
        assertThat(ends.client().mechanism().isDrained()).isTrue();
    }

    private static byte[] acknowledgement(final int number) {
        final byte[] body = new byte[CumulativeWire.ACKNOWLEDGEMENT_BYTES];
        CumulativeWire.putAcknowledgement(new UnsafeBuffer(body), 0, number, number + WINDOW, 0);
        return body;
    }

    @Test
    void shouldRefuseACreditThatNobodyHas() {
        final TwoEnds ends = goBackN(DELAY);
        final byte[] body = acknowledgement(NEAR_WRAP);
        new UnsafeBuffer(body).putInt(4, NEAR_WRAP + WINDOW + 1, ByteOrder.LITTLE_ENDIAN);

        assertThat(ends.inject(ends.client(), CumulativeWire.ACKNOWLEDGEMENT, 0, body))
                .isFalse();
    }

    @Test
    void shouldRefuseEachTruncationOfEachDatagram() {
        final TwoEnds ends = goBackN(DELAY);
        final List<UnsafeBuffer> seen = new ArrayList<>();
        ends.watch((from, type, buffer) -> {
            seen.add(buffer);
            return true;
        });
        ends.server().stall(true);
        for (int i = 0; i < WINDOW + 1; i++) {
            ends.send(ends.client(), 20);
        }
        ends.forNs(400 * MILLISECOND);

        assertThat(seen)
                .extracting(each -> Wire.type(each, 0))
                .contains(CumulativeWire.DATA, CumulativeWire.ACKNOWLEDGEMENT, CumulativeWire.PROBE);
        for (final UnsafeBuffer datagram : seen) {
            for (int length = Wire.HEADER_BYTES; length < datagram.capacity(); length++) {
                final byte[] body = Arrays.copyOfRange(datagram.byteArray(), Wire.HEADER_BYTES, length);
                final int before = ends.server().happenings().size();
                assertThat(ends.inject(ends.server(), Wire.type(datagram, 0), 0, body))
                        .isFalse();
                assertThat(ends.server().happenings()).hasSize(before);
            }
        }
    }

    @Test
    void shouldNameAnOptionThatIsOutOfRange() {
        assertThatThrownBy(() -> new CumulativeOptions(0, 1))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("rtoMinNs=0 must be from 1 to ");
        assertThatThrownBy(() -> new CumulativeOptions(5, 4)).hasMessageContaining("rtoMaxNs=4 must be from 5 to ");
    }
}
