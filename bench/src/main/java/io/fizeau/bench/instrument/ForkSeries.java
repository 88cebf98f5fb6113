package io.fizeau.bench.instrument;

import io.fizeau.bench.plan.Row;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forks to be run for one experiment: each row once in each round, in random order within it. Immutable.
 *
 * @param label becomes part of the run folder's name.
 * @param rows the rows.
 * @param rounds how many rounds.
 * @param warmup how long each fork warms up.
 * @param iterations how many iterations are measured.
 * @param iteration how long each of them is.
 */
public record ForkSeries(
        String label, List<Row> rows, int rounds, Duration warmup, int iterations, Duration iteration) {
    private static final String SUITE = "io.fizeau.bench.suite.";
    private static final String SHORTEST = "32";

    /** Copies the list. */
    public ForkSeries {
        rows = List.copyOf(rows);
    }

    /**
     * One fork of one iteration.
     *
     * @param label becomes part of the run folder's name.
     * @param row the row.
     * @param warmup how long it warms up.
     * @param measured how long it is measured.
     * @return the series.
     */
    public static ForkSeries once(final String label, final Row row, final Duration warmup, final Duration measured) {
        return new ForkSeries(label, List.of(row), 1, warmup, 1, measured);
    }

    /**
     * A row of the closed round trip.
     *
     * @param transport a spec string.
     * @param rounds how many rounds it takes part in.
     * @param params name and value in turn.
     * @return the row.
     */
    public static Row closed(final String transport, final int rounds, final String... params) {
        return row("RoundTripBenchmark.closed", "closed", transport, rounds, params);
    }

    /**
     * A row of the open loop.
     *
     * @param transport a spec string.
     * @param params name and value in turn.
     * @return the row.
     */
    public static Row open(final String transport, final String... params) {
        return row("OpenLoopBenchmark.offered", "open", transport, 1, params);
    }

    /**
     * The row of the clock's cost.
     *
     * @return the row.
     */
    public static Row clock() {
        return new Row(SUITE + "BaselineBenchmark.clockCost", Map.of(), "clock", 1);
    }

    private static Row row(
            final String benchmark,
            final String measure,
            final String transport,
            final int rounds,
            final String... params) {
        final Map<String, String> all = new LinkedHashMap<>();
        all.put("transport", transport);
        all.put("messageBytes", SHORTEST);
        for (int i = 0; i < params.length; i += 2) {
            all.put(params[i], params[i + 1]);
        }
        return new Row(SUITE + benchmark, all, measure, rounds);
    }
}
