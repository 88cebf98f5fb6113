package io.fizeau.transports.arq.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Datagrams that no honest peer sent, to both ends at random moments of a run. The system property {@code fizeau.schedule.seed} asks for
 * the run of one seed, {@code fizeau.fuzz.runs} for more of them.
 */
class FuzzTest {
    private static final int DEFAULT_RUNS = 500;
    private static final long RUN_NS = 20_000_000_000L;
    private static final int MOST_FORGED = 400;

    static Stream<MechanismKind> kinds() {
        return Kinds.all().stream();
    }

    private static void forEachSeed(final MechanismKind kind, final String test, final Consumer<Schedule> run) {
        final Long only = Long.getLong("fizeau.schedule.seed");
        final int runs = only == null ? Integer.getInteger("fizeau.fuzz.runs", DEFAULT_RUNS) : 1;
        for (int i = 0; i < runs; i++) {
            final long seed = only == null ? SplitMix64.mix(~i) : only;
            final Schedule schedule = Schedule.of(seed, kind);
            try {
                run.accept(schedule);
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError(
                        e + "\n" + schedule + "\nTo replay it: ./mvnw verify -DskipITs -pl transports -am"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest=FuzzTest#" + test
                                + " -Dfizeau.schedule.seed=" + seed,
                        e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCountAndIgnoreBrokenDatagrams(final MechanismKind kind) {
        forEachSeed(kind, "shouldCountAndIgnoreBrokenDatagrams", schedule -> {
            final Simulation simulation = new Simulation(schedule);
            final ScheduleRun run = new ScheduleRun(simulation, false);
            final Dice dice = new Dice(schedule.seed() ^ 11);
            final DatagramForger forger = learning(simulation, kind, dice);
            simulation.afterEachStep(() -> {
                if (dice.isOneIn(2)) {
                    final Direction direction = direction(dice);
                    simulation.inject(direction, simulation.link.client, forger.broken());
                    run.countBroken(direction);
                }
            });
            run.run();
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldSurviveForgedDatagramsWithAGoodChecksum(final MechanismKind kind) {
        final long[] malformed = {0};
        final long[] ended = {0};
        forEachSeed(kind, "shouldSurviveForgedDatagramsWithAGoodChecksum", schedule -> {
            final Simulation simulation =
                    new Simulation(schedule, Promise.NOTHING, DatagramTrace.NONE, DatagramTrace.NONE);
            final Dice dice = new Dice(schedule.seed() ^ 12);
            final DatagramForger forger = learning(simulation, kind, dice);
            final int oneIn = dice.between(1, 200);
            final int[] left = {MOST_FORGED};
            simulation.afterEachStep(() -> {
                if (left[0] > 0 && dice.isOneIn(oneIn)) {
                    left[0]--;
                    simulation.inject(direction(dice), simulation.link.client, forger.sealed());
                }
            });
            simulation.runUntil(simulation::isOpen, RUN_NS);
            final long before = weigh(simulation);
            simulation.runUntil(() -> isOver(simulation), RUN_NS);
            final long most = before
                    + 2L
                            * schedule.settings().maxMessageBytes()
                            * (Promise.of(kind).isReliable()
                                    ? 1
                                    : schedule.settings().windowDatagrams());
            if (before > 0) {
                assertThat(weigh(simulation)).isLessThanOrEqualTo(most);
            }
            assertThat(simulation.endpoint.size()).isLessThanOrEqualTo(1);
            malformed[0] += simulation.clientTools.counters().malformed + simulation.serverTools.counters().malformed;
            ended[0] += isOver(simulation) ? 1 : 0;
        });
        if (Long.getLong("fizeau.schedule.seed") == null) {
            assertThat(malformed[0]).isPositive();
            assertThat(ended[0]).isPositive();
        }
    }

    private static boolean isOver(final Simulation simulation) {
        return simulation.client.session().state() == ConnectionState.CLOSED && simulation.endpoint.size() == 0;
    }

    private static long weigh(final Simulation simulation) {
        final Mechanism one = simulation.client.session().mechanism();
        final Mechanism other = simulation.accepted().isEmpty()
                ? null
                : simulation.accepted().get(0).session().mechanism();
        return one == null || other == null ? 0 : Footprint.of(one) + Footprint.of(other);
    }

    private static Direction direction(final Dice dice) {
        return dice.isOneIn(2) ? Direction.TO_SERVER : Direction.TO_CLIENT;
    }

    private static DatagramForger learning(final Simulation simulation, final MechanismKind kind, final Dice dice) {
        final DatagramForger forger = new DatagramForger(kind.protocol(), dice);
        simulation.link.observe((nowNs, direction, buffer, offset, length) -> {
            if (dice.isOneIn(3)) {
                final byte[] bytes = new byte[length];
                buffer.getBytes(offset, bytes);
                forger.learn(bytes);
            }
        });
        return forger;
    }
}
