package io.fizeau.transports.arq.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.random.SplitMix64;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.arq.cumulative.StopAndWait;
import io.fizeau.transports.arq.fec.ForwardErrorCorrection;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That this package finds faults: mechanisms into which one was put must not get through. */
class MutantsTest {
    private static final int SCHEDULES = 300;

    /** A sender that sends beyond the credit, with which an honest receiver must do. */
    private static Mutant greedy(final Class<? extends MechanismKind> kind) {
        final String fault = "sends beyond the credit";
        if (kind == SelectiveRepeat.class) {
            return new Mutant(
                    fault,
                    kind,
                    "selective/SelectiveSender.java",
                    "nextNew >= Math.min(queue.end(), credit)",
                    "nextNew >= queue.end()");
        }
        final boolean isCumulative = kind == StopAndWait.class || kind == GoBackN.class;
        return new Mutant(
                fault,
                kind,
                isCumulative ? "cumulative/Outgoing.java" : "nak/NakSender.java",
                "Math.min(queue.end(), Math.min(queue.first() + window, credit))",
                "Math.min(queue.end(), queue.first() + window)");
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                        cumulative(StopAndWait.class),
                        cumulative(GoBackN.class),
                        selective(),
                        nak(NakBased.class),
                        nak(ForwardErrorCorrection.class),
                        fec())
                .flatMap(List::stream);
    }

    private static List<Mutant> cumulative(final Class<? extends MechanismKind> kind) {
        return List.of(
                new Mutant(
                        "samples pieces that were sent more than once",
                        kind,
                        "cumulative/Outgoing.java",
                        "if (acknowledged > ambiguousEnd) {",
                        "if (acknowledged > queue.first()) {"),
                new Mutant(
                        "acknowledges a piece before it is there",
                        kind,
                        "cumulative/Incoming.java",
                        "buffer, at, queue.missing(), queue.credit(), duplicates",
                        "buffer, at, queue.missing() + 1, queue.credit() + 1, duplicates"),
                new Mutant(
                        "sends one beyond the credit",
                        kind,
                        "cumulative/Outgoing.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window, credit + 1)"),
                new Mutant(
                        "sends one beyond the window",
                        kind,
                        "cumulative/Outgoing.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window + 1, credit)"),
                new Mutant(
                        "does not double the time-out",
                        kind,
                        "cumulative/RetransmissionTimeout.java",
                        "timeoutNs = isWithin ? once << doublings : options.rtoMaxNs();",
                        "timeoutNs = once;"),
                new Mutant(
                        "compares what is acknowledged as signed",
                        kind,
                        "cumulative/Outgoing.java",
                        "if (acknowledged <= queue.first()) {",
                        "if ((int) acknowledged <= (int) queue.first()) {"),
                new Mutant(
                        "reads a piece's number without expanding it",
                        kind,
                        "cumulative/CumulativeMachine.java",
                        "WireNumber.expand(CumulativeWire.number(buffer, offset), incoming.missing())",
                        "(1L << 32) + (CumulativeWire.number(buffer, offset) & 0xffffffffL)"));
    }

    private static List<Mutant> selective() {
        final Class<? extends MechanismKind> kind = SelectiveRepeat.class;
        return List.of(
                new Mutant(
                        "samples from the piece's latest packet",
                        kind,
                        "selective/SelectiveSender.java",
                        "rtt.onSample(nowNs - sentNs, heldNs, options.maxAckDelayNs());",
                        "rtt.onSample(nowNs - (packets.piece(packet) < queue.first() ? sentNs"
                                + " : packets.sentNs(latestPacket[index(packets.piece(packet))])), heldNs,"
                                + " options.maxAckDelayNs());"),
                new Mutant(
                        "acknowledges a piece for which there was no room",
                        kind,
                        "selective/SelectiveReceiver.java",
                        "if (piece >= queue.credit()) {",
                        "if (piece >= queue.credit()) { onPacket(packet, nowNs);"),
                new Mutant(
                        "sends one beyond the credit",
                        kind,
                        "selective/SelectiveSender.java",
                        "nextNew >= Math.min(queue.end(), credit)",
                        "nextNew >= Math.min(queue.end(), credit + 1)"),
                new Mutant(
                        "does not double the probe time-out",
                        kind,
                        "selective/SelectiveSender.java",
                        "timeoutNs << Math.min(timeouts, MOST_DOUBLINGS)",
                        "timeoutNs"),
                new Mutant(
                        "compares the credit as signed",
                        kind,
                        "selective/SelectiveSender.java",
                        "if (seen > credit && ",
                        "if ((int) seen > (int) credit && "),
                new Mutant(
                        "reads a piece's number without expanding it",
                        kind,
                        "selective/SelectiveReceiver.java",
                        "buffer.getInt(offset + SelectiveWire.PIECE, ByteOrder.LITTLE_ENDIAN), queue.missing());",
                        "buffer.getInt(offset + SelectiveWire.PIECE, ByteOrder.LITTLE_ENDIAN), 1L << 32);"));
    }

    private static List<Mutant> fec() {
        final Class<? extends MechanismKind> kind = ForwardErrorCorrection.class;
        return List.of(
                new Mutant(
                        "adds up blocks without forgetting the one before",
                        kind,
                        "fec/BlockSender.java",
                        "            codedBytes = 0;\n",
                        ""),
                new Mutant(
                        "names another block in a repair",
                        kind,
                        "fec/BlockSender.java",
                        "Wire.HEADER_BYTES, first, count, options",
                        "Wire.HEADER_BYTES, first + 1, count, options"),
                new Mutant(
                        "keeps pieces where others are read",
                        kind,
                        "fec/BlockReceiver.java",
                        "final int from = ((int) (first + index) & mask) * slotBytes;",
                        "final int from = ((int) (first + index + 1) & mask) * slotBytes;"));
    }

    private static List<Mutant> nak(final Class<? extends MechanismKind> kind) {
        return List.of(
                new Mutant(
                        "samples pieces that were asked for more than once",
                        kind,
                        "nak/Gaps.java",
                        "asks[index(number)] == 1) {",
                        "asks[index(number)] >= 1) {"),
                new Mutant(
                        "releases a piece before it is there",
                        kind,
                        "nak/NakReceiver.java",
                        "Wire.HEADER_BYTES, queue.missing(), queue.credit(), duplicates);",
                        "Wire.HEADER_BYTES, queue.missing() + 1, queue.credit() + 1, duplicates);"),
                new Mutant(
                        "sends one beyond the credit",
                        kind,
                        "nak/NakSender.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window, credit + 1)"),
                new Mutant(
                        "sends one beyond the window",
                        kind,
                        "nak/NakSender.java",
                        "Math.min(queue.first() + window, credit)",
                        "Math.min(queue.first() + window + 1, credit)"),
                new Mutant(
                        "does not double the pause between heartbeats",
                        kind,
                        "nak/Heartbeats.java",
                        "Math.min(maxNs, 2 * pauseNs)",
                        "pauseNs"),
                new Mutant(
                        "does not double the time until it asks again",
                        kind,
                        "nak/Gaps.java",
                        "timeoutNs << asks[at]",
                        "timeoutNs"),
                new Mutant(
                        "compares what is released as signed",
                        kind,
                        "nak/NakSender.java",
                        "if (release <= queue.first()) {",
                        "if ((int) release <= (int) queue.first()) {"),
                new Mutant(
                        "reads a piece's number without expanding it",
                        kind,
                        "nak/NakMachine.java",
                        "WireNumber.expand(NakWire.number(buffer, offset), receiver.missing())",
                        "(1L << 32) + (NakWire.number(buffer, offset) & 0xffffffffL)"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void shouldFind(final Mutant mutant) {
        final String found = find(mutant.load(), greedy(mutant.kind()).load());
        assertThat(found).as(mutant.toString()).isNotNull();
    }

    static Stream<MechanismKind> kinds() {
        return Kinds.reliable().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFindNothingWhereNothingIsWrong(final MechanismKind kind) {
        assertThat(find(kind, greedy(kind.getClass()).load())).isNull();
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
