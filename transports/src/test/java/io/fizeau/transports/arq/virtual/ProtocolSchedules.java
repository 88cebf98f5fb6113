package io.fizeau.transports.arq.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.random.SplitMix64;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What holds of each mechanism under every seeded schedule. The system property {@code fizeau.schedules} asks for more or fewer of them,
 * {@code fizeau.schedule.seed} for that one alone.
 */
abstract class ProtocolSchedules {
    private static final int DEFAULT_SCHEDULES = 10_000;
    private static final int TRACED = 200;
    private static final int WEIGHED_ONE_IN = 20;

    private final MechanismKind kind;

    ProtocolSchedules(final MechanismKind kind) {
        this.kind = kind;
    }

    @Test
    void shouldKeepItsPromiseUnderEverySchedule() {
        final Long only = Long.getLong("fizeau.schedule.seed");
        if (only != null) {
            run(only, true);
            return;
        }
        final int schedules = Integer.getInteger("fizeau.schedules", DEFAULT_SCHEDULES);
        for (int i = 0; i < schedules; i++) {
            run(SplitMix64.mix(i), i % WEIGHED_ONE_IN == 0);
        }
    }

    private void run(final long seed, final boolean weighs) {
        final Schedule schedule = Schedule.of(seed, kind);
        final Simulation simulation = new Simulation(schedule);
        try {
            new ScheduleRun(simulation, weighs).run();
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "; " + simulation + "\n" + schedule + "\nTo replay it: " + replay(seed), e);
        }
    }

    private String replay(final long seed) {
        return "./mvnw verify -DskipITs -pl transports -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + getClass().getSimpleName() + " -Dfizeau.schedule.seed=" + seed;
    }

    @Test
    void shouldDoTheSameToTheBitForTheSameSeed() {
        final Set<Long> hashes = new HashSet<>();
        long datagrams = 0;
        for (int i = 0; i < TRACED; i++) {
            final TraceHash once = trace(SplitMix64.mix(i));
            final TraceHash again = trace(SplitMix64.mix(i));
            assertThat(again.hash()).isEqualTo(once.hash());
            assertThat(again.datagrams()).isEqualTo(once.datagrams());
            hashes.add(once.hash());
            datagrams += once.datagrams();
        }
        assertThat(hashes).hasSize(TRACED);
        assertThat(datagrams).isGreaterThan(TRACED * 20L);
    }

    private TraceHash trace(final long seed) {
        final Simulation simulation = new Simulation(Schedule.of(seed, kind));
        final TraceHash hash = new TraceHash();
        simulation.link.observe(hash);
        new ScheduleRun(simulation, false).run();
        return hash;
    }
}
