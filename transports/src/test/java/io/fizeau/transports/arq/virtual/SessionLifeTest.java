package io.fizeau.transports.arq.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.session.SessionSettings;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a connection at both ends, in virtual time. */
class SessionLifeTest {
    private static final int MESSAGES = 1_000;

    static Stream<MechanismKind> kinds() {
        return Kinds.all().stream();
    }

    private static Simulation busy(final MechanismKind kind) {
        final Simulation simulation = new Simulation(Quiet.of(kind, MESSAGES, Quiet.MS));
        assertThat(simulation.runUntil(
                        () -> simulation.isOpen()
                                && simulation.client.taken() > 50
                                && simulation.server().taken() > 50,
                        Quiet.SECOND))
                .isTrue();
        return simulation;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLoseADeadServerWithinTheIdleTimeout(final MechanismKind kind) {
        final Simulation simulation = busy(kind);
        final int takenBefore = simulation.server().taken();
        simulation.killServer();
        checkLost(simulation, simulation.client);
        assertThat(simulation.server().taken()).isEqualTo(takenBefore);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLoseADeadClientWithinTheIdleTimeout(final MechanismKind kind) {
        final Simulation simulation = busy(kind);
        simulation.killClient();
        checkLost(simulation, simulation.server());
        assertThat(simulation.endpoint.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLoseEachOtherOverACutLink(final MechanismKind kind) {
        final Simulation simulation = busy(kind);
        simulation.link.cut(Direction.TO_CLIENT, true);
        simulation.link.cut(Direction.TO_SERVER, true);
        checkLost(simulation, simulation.client);
        simulation.runFor(2 * Quiet.MS);
        assertThat(simulation.server().closed()).isEqualTo(CloseReason.PEER_LOST);
        assertThat(simulation.endpoint.size()).isZero();
    }

    private static void checkLost(final Simulation simulation, final VirtualUser user) {
        final long diedNs = simulation.clock.nowNs;
        assertThat(simulation.runUntil(() -> user.closed() != null, 2 * Quiet.IDLE_NS))
                .isTrue();
        assertThat(user.closed()).isEqualTo(CloseReason.PEER_LOST);
        assertThat(user.closedNs() - diedNs).isBetween(Quiet.IDLE_NS - 2 * Quiet.MS, Quiet.IDLE_NS + 2 * Quiet.MS);
        final int taken = user.taken();
        assertThat(user.session().state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(user.session().send(new UnsafeBuffer(new byte[4]), 0, 4, simulation.clock.nowNs))
                .isEqualTo(SendStatus.CLOSED);
        assertThat(user.session().flush(simulation.clock.nowNs)).isEqualTo(SendStatus.CLOSED);
        simulation.runFor(Quiet.SECOND);
        assertThat(user.taken()).isEqualTo(taken);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldKeepASilentConnectionThatLives(final MechanismKind kind) {
        final Simulation simulation = new Simulation(Quiet.of(kind, 0, 0));
        simulation.runFor(20 * Quiet.IDLE_NS);
        assertThat(simulation.client.session().state()).isEqualTo(ConnectionState.OPEN);
        assertThat(simulation.server().session().state()).isEqualTo(ConnectionState.OPEN);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldEndTheOldConnectionWhenThePeerRestarts(final MechanismKind kind) {
        final Simulation simulation = busy(kind);
        simulation.restartServer(simulation.schedule.settings());
        final VirtualUser old = simulation.client;
        assertThat(simulation.runUntil(() -> old.closed() != null, Quiet.IDLE_NS))
                .isTrue();
        assertThat(old.closed()).isEqualTo(CloseReason.PEER_LOST);
        assertThat(simulation.endpoint.size()).isZero();
        assertThat(simulation.accepted()).isEmpty();
        assertThat(simulation.serverTools.counters().unknown).isPositive();
        final int taken = old.taken();

        simulation.reconnect(); // while datagrams of the old connection are on their way
        assertThat(simulation.runUntil(simulation::isDone, 10 * Quiet.SECOND)).isTrue();
        simulation.runFor(Quiet.SECOND);

        assertThat(old.taken()).isEqualTo(taken);
        assertThat(simulation.server().taken()).isEqualTo(MESSAGES);
        assertThat(simulation.client.taken()).isEqualTo(MESSAGES);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCountAndNotDeliverAReplayedConnection(final MechanismKind kind) {
        final Simulation simulation = new Simulation(Quiet.of(kind, 50, Quiet.MS));
        final Recorder old = new Recorder();
        simulation.link.observe(old);
        new ScheduleRun(simulation, false).run();
        final List<Recorder.Sent> datagrams = List.copyOf(old.all());
        final long oldId = datagrams.get(0).connectionId();
        final long unknownAtClient = simulation.clientTools.counters().unknown;
        final long countedAtServer = counted(simulation);

        simulation.reconnect();
        final Recorder answers = new Recorder();
        simulation.link.observe(answers);
        final int[] next = {0};
        simulation.afterEachStep(() -> {
            for (int i = 0; i < 5 && next[0] < datagrams.size() && simulation.isOpen(); i++) {
                final Recorder.Sent sent = datagrams.get(next[0]++);
                simulation.inject(sent.direction(), simulation.link.client, sent.bytes());
            }
        });
        assertThat(simulation.runUntil(() -> simulation.isDone() && next[0] == datagrams.size(), Quiet.SECOND))
                .isTrue();
        simulation.runFor(Quiet.SECOND);

        // The users have checked each message. An OPEN without a cookie is answered with one, and changes nothing.
        assertThat(simulation.server().taken()).isEqualTo(50);
        assertThat(simulation.client.taken()).isEqualTo(50);
        assertThat(simulation.endpoint.size()).isEqualTo(1);
        final long toServer = datagrams.stream()
                .filter(sent -> sent.direction() == Direction.TO_SERVER)
                .count();
        assertThat(counted(simulation) - countedAtServer).isEqualTo(toServer - 1);
        final long answered = answers.that(Direction.TO_CLIENT).stream()
                .filter(sent -> sent.connectionId() == oldId)
                .count();
        assertThat(simulation.clientTools.counters().unknown - unknownAtClient)
                .isEqualTo(datagrams.size() - toServer + answered);
    }

    private static long counted(final Simulation simulation) {
        return simulation.serverTools.counters().unknown + simulation.serverTools.counters().stale;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up.drops=0", // OPEN
                "up.drops=1", // OPEN with the cookie
                "down.drops=0", // CHALLENGE
                "down.drops=1", // ACCEPT
                "up.drops=0;2:down.drops=0;2",
                "down.drops=1;2;3",
                "up.drops=0;1;2;3"
            })
    void shouldOpenWhateverDatagramOfTheOpeningIsLost(final String drops) {
        for (final MechanismKind kind : Kinds.reliable()) {
            final Schedule schedule = Quiet.of(kind, 20, Quiet.MS).over(Impairment.parse("delay=1ms:" + drops));
            new ScheduleRun(new Simulation(schedule), false).run();
        }
    }

    @Test
    void shouldGiveUpWhenNobodyListens() {
        final Simulation simulation = new Simulation(Quiet.of(Kinds.all().get(0), 1, 0));
        simulation.killServer();
        assertThat(simulation.runUntil(() -> simulation.client.closed() != null, 2 * Quiet.CONNECT_NS))
                .isTrue();
        assertThat(simulation.client.closed()).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(simulation.clock.nowNs - simulation.schedule.startNs()).isEqualTo(Quiet.CONNECT_NS);
    }

    @Test
    void shouldBeRefusedWhereTheOptionsDiffer() {
        final MechanismKind kind = Kinds.all().get(0);
        final SessionSettings one = Quiet.settings(kind);
        for (final SessionSettings other : List.of(
                new SessionSettings(kind, 61, one.maxDatagramBytes(), 16, false, false, 1, 1),
                new SessionSettings(kind, 60, one.maxDatagramBytes() + 1, 16, false, false, 1, 1),
                new SessionSettings(kind, 60, one.maxDatagramBytes(), 17, false, false, 1, 1))) {
            final Simulation simulation = new Simulation(Quiet.of(kind, 1, 0));
            simulation.restartServer(other);
            assertThat(simulation.runUntil(() -> simulation.client.closed() != null, Quiet.CONNECT_NS))
                    .isTrue();
            assertThat(simulation.client.closed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertThat(simulation.serverTools.counters().refused).isEqualTo(1);
            assertThat(simulation.endpoint.size()).isZero();
        }
    }

    @Test
    void shouldNotAnswerAnotherMechanism() {
        final Simulation simulation = new Simulation(Quiet.of(Kinds.all().get(0), 1, 0));
        simulation.restartServer(Quiet.settings(Kinds.all().get(1)));
        assertThat(simulation.runUntil(() -> simulation.client.closed() != null, 2 * Quiet.CONNECT_NS))
                .isTrue();
        assertThat(simulation.client.closed()).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(simulation.serverTools.counters().foreign).isPositive();
        assertThat(simulation.endpoint.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delay=1ms",
                "delay=1ms:duplicate=100%",
                "delay=1ms:down.duplicate=100%",
                "delay=80ms",
                "delay=80ms:duplicate=100%", // the first OPEN is repeated before its answer comes
                "delay=80ms:up.drops=0",
                "delay=80ms:up.drops=1"
            })
    void shouldMeasureNoRoundTripBelowThePaths(final String link) {
        final Impairment impairment = Impairment.parse(link);
        final long[] initialNs = {Long.MAX_VALUE};
        final MechanismKind kind = new MeasuringKind(Kinds.reliable().get(0), initialNs);
        new ScheduleRun(new Simulation(Quiet.of(kind, 5, Quiet.MS).over(impairment)), false).run();
        final long pathNs =
                impairment.toServer().delayNs() + impairment.toClient().delayNs();
        // 100 ms is what is assumed where nothing could be measured.
        assertThat(initialNs[0]).isIn(pathNs, 100 * Quiet.MS);
    }

    /** Keeps the least round trip that a handshake measured. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record MeasuringKind(MechanismKind kind, long[] leastNs) implements MechanismKind {
        @Override
        public byte protocol() {
            return kind.protocol();
        }

        @Override
        public int overheadBytes() {
            return kind.overheadBytes();
        }

        @Override
        public boolean fragments() {
            return kind.fragments();
        }

        @Override
        public Mechanism create(
                final MechanismSettings settings,
                final Carrier carrier,
                final ArqCounters counters,
                final DatagramTrace trace) {
            leastNs[0] = Math.min(leastNs[0], settings.initialRttNs());
            return kind.create(settings, carrier, counters, trace);
        }
    }
}
