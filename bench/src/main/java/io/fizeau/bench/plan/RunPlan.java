package io.fizeau.bench.plan;

import io.fizeau.core.registry.ConfiguredTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a run will do. Immutable.
 *
 * @param rows all rows.
 * @param rounds how many rounds.
 * @param seed the order within each round follows from it.
 * @param transports the transports that the rows name.
 * @param leftOut spec to reason: what could have been measured and is not.
 * @param forkTime warm-up and measurement of one fork, without its start.
 * @param sides which builds each row is measured with: {@link Side#ALONE}, or base and candidate.
 */
public record RunPlan(
        List<Row> rows,
        int rounds,
        long seed,
        List<ConfiguredTransport> transports,
        Map<String, String> leftOut,
        Duration forkTime,
        List<Side> sides) {
    /** What a fork needs beside its iterations: a JVM, a server, the untimed passes. A first guess, soon replaced by what was seen. */
    public static final Duration FORK_OVERHEAD = Duration.ofMillis(1_300);

    /** Makes the collections unmodifiable. */
    public RunPlan {
        rows = List.copyOf(rows);
        transports = List.copyOf(transports);
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        sides = List.copyOf(sides);
    }

    /**
     * A plan of one side.
     *
     * @param rows all rows.
     * @param rounds how many rounds.
     * @param seed the order within each round follows from it.
     * @param transports the transports that the rows name.
     * @param leftOut spec to reason.
     * @param forkTime warm-up and measurement of one fork.
     */
    public RunPlan(
            final List<Row> rows,
            final int rounds,
            final long seed,
            final List<ConfiguredTransport> transports,
            final Map<String, String> leftOut,
            final Duration forkTime) {
        this(rows, rounds, seed, transports, leftOut, forkTime, List.of(Side.ALONE));
    }

    /**
     * The same for a base and a candidate in turn.
     *
     * @return a plan with the same rows in the same order, each with two forks one after the other.
     */
    public RunPlan withBothSides() {
        return new RunPlan(rows, rounds, seed, transports, leftOut, forkTime, Side.BOTH);
    }

    /**
     * The forks of one round in the order to run. The sides of a row follow one another.
     *
     * @param round the round, from 0.
     * @return the forks.
     */
    public List<PlannedFork> order(final int round) {
        final List<PlannedFork> forks = new ArrayList<>();
        for (final Row row : RoundOrder.of(rows, seed, round, rounds)) {
            RoundOrder.sides(sides, rows.indexOf(row), row.rounds(), seed, round, rounds)
                    .forEach(side -> forks.add(new PlannedFork(row, side)));
        }
        return forks;
    }

    /**
     * Every fork that differs from the others in more than its round.
     *
     * @return each row with each side.
     */
    public List<PlannedFork> distinctForks() {
        final List<PlannedFork> forks = new ArrayList<>();
        rows.forEach(row -> sides.forEach(side -> forks.add(new PlannedFork(row, side))));
        return forks;
    }

    /**
     * How many forks the run has.
     *
     * @return the sum over all rounds.
     */
    public int forkCount() {
        return IntStream.range(0, rounds).map(round -> order(round).size()).sum();
    }

    /**
     * How long all forks will take, as far as can be told before the first.
     *
     * @return the time.
     */
    public Duration estimate() {
        return forkTime.plus(FORK_OVERHEAD).multipliedBy(forkCount());
    }
}
