package io.fizeau.results.metric;

import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The measures that a row carries, by name. Times are in nanoseconds and rates per second, whatever unit JMH was told to write, so
 * that runs written in different units compare; a primary score in a unit that is neither keeps JMH's own.
 *
 * <ul>
 *   <li>{@code p50 p90 p99 p99.9 p99.99 max} (ns): of the round trip of a closed loop, or of the response of an open loop, over all
 *       messages of the fork;
 *   <li>{@code time} (ns): per operation, where JMH measured just its average;
 *   <li>{@code rate} (1/s): operations per second; of an open loop, messages sent per second, of which more is not better, because
 *       the load is offered;
 *   <li>{@code score}: any other primary metric, in JMH's unit;
 *   <li>each secondary metric of JMH under its own name and unit: counts as the sum over the iterations, percentiles as they were
 *       merged, all else as the median over the iterations.
 * </ul>
 *
 * <p>Stateless.
 */
public final class Measures {
    private static final List<String> POINTS = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final String NS = "ns";
    private static final String PER_SECOND = "1/s";

    private Measures() {}

    /**
     * {@return the measures that at least one fork has a number for; the headline first, secondary metrics after those of the
     * primary}
     *
     * @param row any row, also of another project's benchmark.
     */
    public static List<Measure> of(final Row row) {
        final Map<String, Measure> found = new LinkedHashMap<>();
        primary(row).forEach(measure -> found.put(measure.name(), measure));
        secondary(row).forEach(measure -> found.putIfAbsent(measure.name(), measure));
        return found.values().stream()
                .filter(measure -> isMeasured(row, measure))
                .toList();
    }

    /**
     * {@return the measure of that name, empty if no fork of the row has a number for it}
     *
     * @param row any row.
     * @param name of a measure.
     */
    public static Optional<Measure> find(final Row row, final String name) {
        return of(row).stream().filter(measure -> measure.name().equals(name)).findFirst();
    }

    /** {@return what the row is about: the first of {@link #of}; empty if every fork failed} */
    public static Optional<Measure> headline(final Row row) {
        return primary(row).stream().filter(measure -> isMeasured(row, measure)).findFirst();
    }

    private static boolean isMeasured(final Row row, final Measure measure) {
        return row.okForks().stream().anyMatch(fork -> !Double.isNaN(measure.of(fork)));
    }

    private static List<Measure> primary(final Row row) {
        final List<Measure> measures = new ArrayList<>();
        if (OpenLoopMetrics.isOpenLoop(row)) {
            for (final String point : POINTS) {
                measures.add(less(point, NS, fork -> OpenLoopMetrics.latencyNs(fork, "response", point)));
            }
            measures.add(new Measure("rate", PER_SECOND, Direction.NEITHER, ForkMetrics::perSecond));
            return measures;
        }
        if (row.mode().equals("sample")) {
            for (final String point : POINTS) {
                measures.add(less(point, NS, fork -> ForkMetrics.closedNs(fork, point)));
            }
        } else if (!Double.isNaN(JmhUnits.nsPerOp(row.unit()))) {
            measures.add(less("time", NS, ForkMetrics::timeNs));
        } else if (!Double.isNaN(JmhUnits.opsPerSecond(row.unit()))) {
            measures.add(new Measure("rate", PER_SECOND, Direction.MORE, ForkMetrics::perSecond));
        } else {
            final Direction better = row.mode().equals("thrpt") ? Direction.MORE : Direction.LESS;
            measures.add(new Measure("score", row.unit(), better, ForkMetrics::score));
        }
        return measures;
    }

    private static List<Measure> secondary(final Row row) {
        final Map<String, String> units = new LinkedHashMap<>();
        for (final ForkResult fork : row.okForks()) {
            fork.result()
                    .ifPresent(result -> new TreeMap<>(result.secondary())
                            .forEach((label, metric) -> units.putIfAbsent(label, metric.unit())));
        }
        final List<Measure> measures = new ArrayList<>();
        units.forEach((label, unit) -> {
            // JMH repeats the percentiles of its samples as secondary metrics of every row in SampleTime.
            if (!label.matches("\u00b7?p\\d\\.\\d+")) {
                measures.add(new Measure(label, unit, SecondaryDirection.of(label), reading(label, unit)));
            }
        });
        return measures;
    }

    private static ToDoubleFunction<ForkResult> reading(final String label, final String unit) {
        if (label.matches(".*:(p\\d+(\\.\\d+)?|max)")) {
            return fork -> ForkMetrics.merged(fork, label);
        }
        if (unit.equals("#")) {
            return fork -> fork.secondary(label).isPresent() ? ForkMetrics.count(fork, label) : Double.NaN;
        }
        return fork -> ForkMetrics.secondary(fork, label);
    }

    private static Measure less(final String name, final String unit, final ToDoubleFunction<ForkResult> ofFork) {
        return new Measure(name, unit, Direction.LESS, ofFork);
    }
}
