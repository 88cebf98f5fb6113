package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.Window;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;

/** Situations in which one rule of a mechanism shows, by the datagrams that are sent and by what is counted. */
final class Scenarios {
    private static final int SMALL_WINDOW = 3;
    private static final long STALL_NS = 500 * Quiet.MS;
    private static final int MESSAGES = 60;
    private static final int MOST_QUESTIONS = 60;
    private static final int MOST_NEEDLESS = 10;
    private static final int LOOKS_EVERY = 10;
    private static final long ROUND_TRIP_NS = 2 * Quiet.MS;
    private static final byte STOP_AND_WAIT = 2;
    private static final byte SELECTIVE = 4;

    private Scenarios() {}

    /** All of them. */
    static void all(final MechanismKind kind) {
        shouldBackOff(kind);
        shouldBackOffInAsking(kind);
        shouldMindTheCredit(kind);
        shouldHoldTheWindow(kind);
        shouldMeasureNoImpossibleRoundTrip(kind);
        shouldLearnALongerRoundTrip(kind);
    }

    /** Of a peer that is silent it asks less and less. */
    static void shouldBackOff(final MechanismKind kind) {
        final Simulation simulation = new Simulation(Quiet.of(kind, 1_000, Quiet.MS));
        require(
                simulation.runUntil(
                        () -> simulation.isOpen() && simulation.server().taken() > 50, Quiet.SECOND),
                "not opened");
        simulation.link.cut(Direction.TO_SERVER, true);
        simulation.link.cut(Direction.TO_CLIENT, true);
        final Recorder recorder = new Recorder();
        simulation.runFor(20 * Quiet.MS); // the window fills
        simulation.link.observe(recorder);
        simulation.runFor(Quiet.IDLE_NS - 100 * Quiet.MS);
        final long[] timesNs = questions(recorder, Direction.TO_SERVER);
        require(
                timesNs.length >= 3 && timesNs.length <= MOST_QUESTIONS,
                "asked a silent peer " + timesNs.length + " times");
        final long firstGapNs = timesNs[1] - timesNs[0];
        final long lastGapNs = timesNs[timesNs.length - 1] - timesNs[timesNs.length - 2];
        require(
                lastGapNs >= 3 * firstGapNs,
                "asked after " + firstGapNs + " ns first, after " + lastGapNs + " ns last");
    }

    /** When the mechanism sent something; what follows within a round trip belongs to it. */
    private static long[] questions(final Recorder recorder, final Direction direction) {
        final List<Long> timesNs = new ArrayList<>();
        long latestNs = Long.MIN_VALUE;
        for (final Recorder.Sent sent : recorder.that(direction)) {
            if (sent.isOfMechanism()) {
                if (timesNs.isEmpty() || sent.atNs() - latestNs >= ROUND_TRIP_NS) {
                    timesNs.add(sent.atNs());
                }
                latestNs = sent.atNs();
            }
        }
        return timesNs.stream().mapToLong(Long::longValue).toArray();
    }

    /** Where nothing is lost, nothing comes for which there is no room, however long the user takes nothing. */
    static void shouldMindTheCredit(final MechanismKind kind) {
        for (final int window : new int[] {2, 3, 4, 8}) {
            final Simulation simulation = stalled(kind, window, DatagramTrace.NONE);
            require(simulation.runUntil(simulation::isDone, 60 * Quiet.SECOND), "not finished after a stall");
            final long beyond = simulation.serverTools.arqCounters().beyondWindow;
            require(beyond == 0, beyond + " data datagrams came for which there was no room");
        }
    }

    /** No piece is sent beyond the window from the first unacknowledged one. */
    static void shouldHoldTheWindow(final MechanismKind kind) {
        for (final int window : new int[] {2, 3, 4, 8}) {
            final long[] acknowledged = {Long.MIN_VALUE};
            final long allowed = allowed(kind, window);
            final Simulation simulation = stalled(kind, window, (nowNs, event, number, sequence, length) -> {
                if (event == DatagramTrace.Event.SENT) {
                    if (acknowledged[0] == Long.MIN_VALUE) {
                        acknowledged[0] = sequence - 1;
                    }
                    require(
                            sequence - acknowledged[0] <= allowed,
                            "piece " + (sequence - acknowledged[0]) + " of a window of " + allowed + " was sent");
                } else if (event == DatagramTrace.Event.ACKNOWLEDGED) {
                    acknowledged[0] = Math.max(acknowledged[0], sequence);
                }
            });
            require(simulation.runUntil(simulation::isDone, 60 * Quiet.SECOND), "not finished after a stall");
        }
    }

    /** Three users' stalls; the client sends all that it may at once. */
    private static Simulation stalled(final MechanismKind kind, final int window, final DatagramTrace clientTrace) {
        final Traffic up = new Traffic(
                3,
                MESSAGES,
                Quiet.LONGEST,
                Integer.MAX_VALUE,
                0,
                false,
                Integer.MAX_VALUE,
                List.of(
                        new Window(0, STALL_NS),
                        new Window(STALL_NS + 10 * Quiet.MS, STALL_NS),
                        new Window(2 * STALL_NS + 22 * Quiet.MS, STALL_NS)),
                200_000);
        final Schedule schedule =
                Quiet.of(kind, 0, 0).with(settings(kind, window)).with(up, Quiet.traffic(4, 0, 0));
        return new Simulation(schedule, Promise.of(kind), clientTrace, DatagramTrace.NONE);
    }

    private static SessionSettings settings(final MechanismKind kind, final int window) {
        return new SessionSettings(
                kind,
                Quiet.LONGEST,
                kind.overheadBytes() + Quiet.PAYLOAD,
                window,
                false,
                false,
                Quiet.CONNECT_NS,
                20 * Quiet.IDLE_NS);
    }

    /** What there is no room for is not acknowledged: it comes again when there is room. */
    static void shouldTakeNothingWithoutRoom(final MechanismKind kind, final MechanismKind greedy) {
        final Simulation honest = stalled(kind, SMALL_WINDOW, DatagramTrace.NONE);
        final Simulation simulation = new Simulation(honest.schedule.with(settings(greedy, SMALL_WINDOW)));
        simulation.restartServer(honest.schedule.settings());
        require(simulation.runUntil(simulation::isDone, 60 * Quiet.SECOND), "not finished with a greedy peer");
        require(simulation.serverTools.arqCounters().beyondWindow > 0, "the peer was not greedy");
    }

    private static long allowed(final MechanismKind kind, final int window) {
        return switch (kind.protocol()) {
            case STOP_AND_WAIT -> 1;
            case SELECTIVE -> BitUtil.findNextPositivePowerOfTwo(window); // the credit alone
            default -> window;
        };
    }

    /** After the path has become longer, what is sent again for no reason soon ends. */
    static void shouldLearnALongerRoundTrip(final MechanismKind kind) {
        for (int ms = 6; ms <= 60; ms += 9) {
            final Simulation simulation =
                    new Simulation(Quiet.of(kind, 40, 200 * Quiet.MS).with(settings(kind, Quiet.WINDOW)));
            simulation.runFor(1_100 * Quiet.MS);
            simulation.link.become(Impairment.parse("delay=" + ms + "ms"));
            require(simulation.runUntil(simulation::isDone, 600 * Quiet.SECOND), "not finished over a longer path");
            final long duplicates = simulation.serverTools.arqCounters().duplicate;
            require(duplicates <= MOST_NEEDLESS, duplicates + " pieces were sent again that had come");
        }
    }

    /**
     * Of what is sent again one may not know which sending is answered. No round trip is measured that is shorter than that of the path,
     * though the time-outs begin with one that is far too short.
     */
    static void shouldMeasureNoImpossibleRoundTrip(final MechanismKind kind) {
        for (int seed = 1; seed <= 10; seed++) {
            final long delayMs = 10L + 3L * seed;
            final Impairment longer = Impairment.parse("loss=20%:seed=" + seed + ":delay=" + delayMs + "ms");
            final Simulation simulation =
                    new Simulation(Quiet.of(kind, 40, 7 * Quiet.MS).with(settings(kind, Quiet.WINDOW)));
            final boolean[] isLonger = {false};
            simulation.link.observe((nowNs, direction, buffer, offset, length) -> {
                if (!isLonger[0] && Wire.type(buffer, offset) >= Wire.FIRST_OF_MECHANISM) {
                    isLonger[0] = true;
                    simulation.link.become(longer);
                }
            });
            simulation.afterEachStep(() -> {
                if (simulation.steps() % LOOKS_EVERY == 0) {
                    checkSamples(simulation, 2 * delayMs * Quiet.MS);
                }
            });
            require(simulation.runUntil(simulation::isDone, 600 * Quiet.SECOND), "not finished over a longer path");
        }
    }

    private static void checkSamples(final Simulation simulation, final long leastNs) {
        if (simulation.isOpen()) {
            checkSamples(simulation.client, leastNs);
            checkSamples(simulation.server(), leastNs);
        }
    }

    private static void checkSamples(final VirtualUser user, final long leastNs) {
        final Mechanism mechanism = user.session().mechanism();
        if (mechanism != null) {
            for (final String estimate : Footprint.textsOf(mechanism, "RttEstimator")) {
                final long sampledNs = Long.parseLong(estimate.replaceAll(".*least (\\d+) ns", "$1"));
                require(
                        sampledNs == 0 || sampledNs >= leastNs,
                        "measured a round trip of " + sampledNs + " ns over a path of " + leastNs + " ns");
            }
        }
    }

    /** Who misses something asks a silent peer less and less. */
    static void shouldBackOffInAsking(final MechanismKind kind) {
        final Schedule schedule = Quiet.of(kind, 100, Quiet.MS);
        final Simulation simulation = new Simulation(
                schedule.with(schedule.toServer(), Quiet.traffic(4, 0, 0)).over(schedule.impairment()));
        require(
                simulation.runUntil(
                        () -> simulation.isOpen() && simulation.server().taken() > 20, Quiet.SECOND),
                "not opened");
        simulation.link.become(Impairment.parse("delay=1ms:up.loss=50%"));
        simulation.runFor(8 * Quiet.MS);
        simulation.link.cut(Direction.TO_SERVER, true);
        simulation.runFor(2 * Quiet.MS);
        final Recorder recorder = new Recorder();
        simulation.link.observe(recorder);
        simulation.runFor(Quiet.IDLE_NS - 100 * Quiet.MS);
        final long asked = questions(recorder, Direction.TO_CLIENT).length;
        require(asked <= MOST_QUESTIONS, "asked a silent peer " + asked + " times");
        require(asked > 2 || kind.protocol() <= SELECTIVE, "missed nothing");
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
