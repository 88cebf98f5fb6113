package io.fizeau.results.table;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRule;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the open loop's lines of a run. Stateless. */
final class OpenLines {
    private static final String RESPONSE = "response";
    private static final double FAR_BEYOND_NS = 1e15;
    private static final Set<String> SHOWN = Set.of("transport", "messageBytes", "rate");

    private OpenLines() {}

    static List<OpenLine> of(final Run run, final List<ValidityRule> rules) {
        final List<Row> rows = run.rows().stream()
                .filter(row ->
                        OpenLoopMetrics.isOpenLoop(row) && LinkLines.kind(row).isEmpty())
                .toList();
        final Set<String> differing = differing(rows);
        final List<String> order =
                run.manifest().transports().stream().map(TransportEntry::spec).toList();
        return rows.stream()
                .sorted(Comparator.comparingDouble((Row row) -> row.key().number("messageBytes"))
                        .thenComparing(row -> regime(run, row), Comparator.reverseOrder())
                        .thenComparingDouble(row -> row.key().number("rate"))
                        .thenComparing(row -> variant(row, differing))
                        .thenComparingInt(row -> order.indexOf(row.key().param("transport"))))
                .map(row -> line(run, row, rules, differing))
                .toList();
    }

    private static OpenLine line(
            final Run run, final Row row, final List<ValidityRule> rules, final Set<String> differing) {
        final Validity validity = Validity.of(run, row, rules);
        final List<ForkResult> forks = row.okForks();
        final double missing =
                forks.stream().mapToDouble(OpenLoopMetrics::missing).sum();
        return new OpenLine(
                row.key().param("transport"),
                regime(run, row),
                row.key().param("messageBytes"),
                row.key().param("rate"),
                variant(row, differing),
                ForkMetrics.over(row, ForkMetrics::perSecond),
                latency(row, RESPONSE, "p50"),
                latency(row, RESPONSE, "p99"),
                latency(row, RESPONSE, "p99.9"),
                latency(row, RESPONSE, "max"),
                latency(row, "lateness", "p99"),
                forks.stream()
                        .mapToDouble(fork -> OpenLoopMetrics.count(fork, "due"))
                        .sum(),
                missing,
                atLeast(row),
                ForkMetrics.over(row, fork -> ForkMetrics.secondary(fork, "client:polls.useful")),
                validity.reasons(),
                validity.remarks());
    }

    /** Of a rate that was not reached there is no latency: the queue grows for as long as one looks. */
    private static Summary latency(final Row row, final String latency, final String point) {
        return ForkMetrics.over(row, fork -> told(fork, latency, point));
    }

    private static double told(final ForkResult fork, final String latency, final String point) {
        return OpenLoopMetrics.isRateReached(fork) ? OpenLoopMetrics.latencyNs(fork, latency, point) : Double.NaN;
    }

    /** The median over forks is a lower bound where it would be higher if the forks' lower bounds were. */
    private static Set<String> atLeast(final Row row) {
        final Set<String> bounds = new LinkedHashSet<>();
        for (final String point : List.of("p50", "p99", "p99.9", "max")) {
            final Summary told = ForkMetrics.over(row, fork -> told(fork, RESPONSE, point));
            final Summary ifHigher = ForkMetrics.over(
                    row,
                    fork -> OpenLoopMetrics.isBound(fork, point)
                            ? told(fork, RESPONSE, point) + FAR_BEYOND_NS
                            : told(fork, RESPONSE, point));
            if (ifHigher.median() > told.median()) {
                bounds.add(point);
            }
        }
        return bounds;
    }

    private static String regime(final Run run, final Row row) {
        return run.manifest()
                .transport(row.key().param("transport"))
                .map(t -> t.blocking() ? "blocking" : "spinning")
                .orElse("regime unknown");
    }

    private static String variant(final Row row, final Set<String> differing) {
        return differing.stream()
                .map(name -> name + '=' + row.key().param(name))
                .collect(Collectors.joining(" "));
    }

    private static Set<String> differing(final List<Row> rows) {
        final Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.key().params().keySet()));
        names.removeAll(SHOWN);
        names.removeIf(name -> rows.stream()
                        .map(Row::key)
                        .map(key -> Map.copyOf(key.params()).getOrDefault(name, ""))
                        .distinct()
                        .count()
                < 2);
        return names;
    }
}
