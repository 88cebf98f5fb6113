package io.fizeau.bench.plan;

import io.fizeau.core.registry.ConfiguredTransport;
import java.time.Duration;
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
 */
public record RunPlan(
        List<Row> rows,
        int rounds,
        long seed,
        List<ConfiguredTransport> transports,
        Map<String, String> leftOut,
        Duration forkTime) {
    /** What a fork needs beside its iterations: a JVM, a server, the untimed passes. A first guess, soon replaced by what was seen. */
    public static final Duration FORK_OVERHEAD = Duration.ofMillis(1_300);

    /** Makes the collections unmodifiable. */
    public RunPlan {
        rows = List.copyOf(rows);
        transports = List.copyOf(transports);
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }

    /**
     * The rows of one round in the order to run.
     *
     * @param round the round, from 0.
     * @return the rows.
     */
    public List<Row> order(final int round) {
        return RoundOrder.of(rows, seed, round, rounds);
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
