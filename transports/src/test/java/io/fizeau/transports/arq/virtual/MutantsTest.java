package io.fizeau.transports.arq.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.random.SplitMix64;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.arq.cumulative.StopAndWait;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That this package finds faults: mechanisms into which one was put must not get through. */
class MutantsTest {
    private static final int SCHEDULES = 300;

    /** Senders that send beyond the credit, with which honest receivers must do. */
    private static final Map<Class<? extends MechanismKind>, Mutant> GREEDY = Map.of(
            StopAndWait.class,
            new Mutant(
                    "sends beyond the credit",
                    StopAndWait.class,
                    "Outgoing.java",
                    "Math.min(queue.end(), Math.min(queue.first() + window, credit))",
                    "Math.min(queue.end(), queue.first() + window)"),
            GoBackN.class,
            new Mutant(
                    "sends beyond the credit",
                    GoBackN.class,
                    "Outgoing.java",
                    "Math.min(queue.end(), Math.min(queue.first() + window, credit))",
                    "Math.min(queue.end(), queue.first() + window)"),
            SelectiveRepeat.class,
            new Mutant(
                    "sends beyond the credit",
                    SelectiveRepeat.class,
                    "SelectiveSender.java",
                    "nextNew >= Math.min(queue.end(), credit)",
                    "nextNew >= queue.end()"),
            NakBased.class,
            new Mutant(
                    "sends beyond the credit",
                    NakBased.class,
                    "NakSender.java",
                    "Math.min(queue.end(), Math.min(queue.first() + window, credit))",
                    "Math.min(queue.end(), queue.first() + window)"));

    static Stream<Mutant> mutants() {
        return Stream.of(cumulative(StopAndWait.class), cumulative(GoBackN.class), selective(), nak())
                .flatMap(List::stream);
    }

    private static List<Mutant> cumulative(final Class<? extends MechanismKind> kind) {
        return List.of(
                new Mutant(
                        "samples pieces that were sent more than once",
                        kind,
                        "Outgoing.java",
                        "if (acknowledged > ambiguousEnd) {",
                        "if (acknowledged > queue.first()) {"),
                new Mutant(
                        "acknowledges a piece before it is there",
                        kind,
                        "Incoming.java",
                        "buffer, at, queue.missing(), queue.credit(), duplicates",
                        "buffer, at, queue.missing() + 1, queue.credit() + 1, duplicates"),
                new Mutant(
                        "sends one beyond the credit",
                        kind,
                        "Outgoing.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window, credit + 1)"),
                new Mutant(
                        "sends one beyond the window",
                        kind,
                        "Outgoing.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window + 1, credit)"),
                new Mutant(
                        "does not double the time-out",
                        kind,
                        "RetransmissionTimeout.java",
                        "timeoutNs = isWithin ? once << doublings : options.rtoMaxNs();",
                        "timeoutNs = once;"),
                new Mutant(
                        "compares what is acknowledged as signed",
                        kind,
                        "Outgoing.java",
                        "if (acknowledged <= queue.first()) {",
                        "if ((int) acknowledged <= (int) queue.first()) {"),
                new Mutant(
                        "reads a piece's number without expanding it",
                        kind,
                        "CumulativeMachine.java",
                        "WireNumber.expand(CumulativeWire.number(buffer, offset), incoming.missing())",
                        "(1L << 32) + (CumulativeWire.number(buffer, offset) & 0xffffffffL)"));
    }

    private static List<Mutant> selective() {
        final Class<? extends MechanismKind> kind = SelectiveRepeat.class;
        return List.of(
                new Mutant(
                        "samples from the piece's latest packet",
                        kind,
                        "SelectiveSender.java",
                        "rtt.onSample(nowNs - sentNs, heldNs, options.maxAckDelayNs());",
                        "rtt.onSample(nowNs - (packets.piece(packet) < queue.first() ? sentNs"
                                + " : packets.sentNs(latestPacket[index(packets.piece(packet))])), heldNs,"
                                + " options.maxAckDelayNs());"),
                new Mutant(
                        "acknowledges a piece for which there was no room",
                        kind,
                        "SelectiveReceiver.java",
                        "if (piece >= queue.credit()) {",
                        "if (piece >= queue.credit()) { onPacket(packet, nowNs);"),
                new Mutant(
                        "sends one beyond the credit",
                        kind,
                        "SelectiveSender.java",
                        "nextNew >= Math.min(queue.end(), credit)",
                        "nextNew >= Math.min(queue.end(), credit + 1)"),
                new Mutant(
                        "does not double the probe time-out",
                        kind,
                        "SelectiveSender.java",
                        "timeoutNs << Math.min(timeouts, MOST_DOUBLINGS)",
                        "timeoutNs"),
                new Mutant(
                        "compares the credit as signed",
                        kind,
                        "SelectiveSender.java",
                        "if (seen > credit && ",
                        "if ((int) seen > (int) credit && "),
                new Mutant(
                        "reads a piece's number without expanding it",
                        kind,
                        "SelectiveReceiver.java",
                        "buffer.getInt(offset + SelectiveWire.PIECE, ByteOrder.LITTLE_ENDIAN), queue.missing());",
                        "buffer.getInt(offset + SelectiveWire.PIECE, ByteOrder.LITTLE_ENDIAN), 1L << 32);"));
    }

    private static List<Mutant> nak() {
        final Class<? extends MechanismKind> kind = NakBased.class;
        return List.of(
                new Mutant(
                        "samples pieces that were asked for more than once",
                        kind,
                        "Gaps.java",
                        "asks[index(number)] == 1) {",
                        "asks[index(number)] >= 1) {"),
                new Mutant(
                        "releases a piece before it is there",
                        kind,
                        "NakReceiver.java",
                        "Wire.HEADER_BYTES, queue.missing(), queue.credit(), duplicates);",
                        "Wire.HEADER_BYTES, queue.missing() + 1, queue.credit() + 1, duplicates);"),
                new Mutant(
                        "sends one beyond the credit",
                        kind,
                        "NakSender.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window, credit + 1)"),
                new Mutant(
                        "sends one beyond the window",
                        kind,
                        "NakSender.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window + 1, credit)"),
                new Mutant(
                        "does not double the pause between heartbeats",
                        kind,
                        "Heartbeats.java",
                        "Math.min(maxNs, 2 * pauseNs)",
                        "pauseNs"),
                new Mutant(
                        "does not double the time until it asks again",
                        kind,
                        "Gaps.java",
                        "timeoutNs << asks[at]",
                        "timeoutNs"),
                new Mutant(
                        "compares what is released as signed",
                        kind,
                        "NakSender.java",
                        "if (release <= queue.first()) {",
                        "if ((int) release <= (int) queue.first()) {"),
                new Mutant(
                        "reads a piece's number without expanding it",
                        kind,
                        "NakMachine.java",
                        "WireNumber.expand(NakWire.number(buffer, offset), receiver.missing())",
                        "(1L << 32) + (NakWire.number(buffer, offset) & 0xffffffffL)"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void shouldFind(final Mutant mutant) {
        final String found = find(mutant.load(), GREEDY.get(mutant.kind()).load());
        assertThat(found).as(mutant.toString()).isNotNull();
    }

    static Stream<MechanismKind> kinds() {
        return Kinds.reliable().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFindNothingWhereNothingIsWrong(final MechanismKind kind) {
        assertThat(find(kind, GREEDY.get(kind.getClass()).load())).isNull();
    }

    /** What is found first, or null. */
    private static @Nullable String find(final MechanismKind kind, final MechanismKind greedy) {
        try {
            Scenarios.all(kind);
            Scenarios.shouldTakeNothingWithoutRoom(kind, greedy);
        } catch (final RuntimeException | AssertionError e) {
            return "by a scenario: " + e;
        }
        for (int i = 0; i < SCHEDULES; i++) {
            try {
                new ScheduleRun(new Simulation(Schedule.of(SplitMix64.mix(i), kind)), false).run();
            } catch (final RuntimeException | AssertionError e) {
                return "by schedule " + i + ": " + e;
            }
        }
        return null;
    }
}
