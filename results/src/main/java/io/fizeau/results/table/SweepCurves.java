package io.fizeau.results.table;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Makes the curves of a sweep. Whether a rate held was decided while the sweep ran, for the next rate followed from it; it stands in the
 * notes of each fork, and is not decided here a second time. Stateless.
 */
final class SweepCurves {
    private static final String RATE = "rate";
    private static final String VERDICT = "sweep";

    private SweepCurves() {}

    static SweepTable of(final Run run) {
        final Manifest.Sweep sweep = run.manifest().sweep().orElseThrow();
        final Set<String> differing = differing(sweep);
        final List<SweepTable.Curve> curves = new ArrayList<>();
        for (final Manifest.Edge edge : sweep.edges()) {
            curves.add(curve(run, edge, differing));
        }
        return new SweepTable(run, sweep, curves);
    }

    private static SweepTable.Curve curve(final Run run, final Manifest.Edge edge, final Set<String> differing) {
        final String spec = edge.params().getOrDefault("transport", "");
        final String bytes = edge.params().getOrDefault("messageBytes", "");
        final Optional<TransportEntry> transport = run.manifest().transport(spec);
        final String regime =
                transport.map(t -> t.blocking() ? "blocking" : "spinning").orElse("regime unknown");
        final String variant = differing.stream()
                .map(name -> name + '=' + edge.params().getOrDefault(name, ""))
                .collect(Collectors.joining(" "));
        final List<SweepTable.Point> points = run.rows().stream()
                .filter(row ->
                        OpenLoopMetrics.isOpenLoop(row) && withoutRate(row).equals(edge.params()))
                .map(row -> point(run, row))
                .sorted(Comparator.comparingDouble(SweepTable.Point::ratePerSecond))
                .toList();
        return new SweepTable.Curve(
                spec,
                spec + ", " + bytes + " B, " + regime + (variant.isEmpty() ? "" : ", " + variant),
                regime,
                bytes,
                variant,
                edge,
                points,
                transport.map(SweepCurves::doubts).orElse(List.of("the manifest does not name this transport")));
    }

    private static List<String> doubts(final TransportEntry transport) {
        final TransportEntry.Kit kit = transport.kit();
        return kit.passed()
                ? List.of()
                : List.of("INVALID: conformance kit "
                        + (kit.verdict().equals("NOT_RUN") ? "not run" : kit.verdict())
                        + (kit.detail().isEmpty() ? "" : ": " + kit.detail()));
    }

    private static SweepTable.Point point(final Run run, final Row row) {
        final int held = count(row, "holds");
        final int failed = count(row, "fails");
        final int unclear = count(row, "unclear");
        return new SweepTable.Point(
                row.key().number(RATE),
                ForkMetrics.over(row, ForkMetrics::perSecond),
                latency(row, "response", "p50"),
                latency(row, "response", "p99"),
                latency(row, "response", "p99.9"),
                latency(row, "lateness", "p99"),
                held,
                failed,
                unclear,
                row.forks().stream()
                        .map(fork -> fork.entry().notes().getOrDefault(VERDICT + "Why", ""))
                        .filter(why -> !why.isEmpty())
                        .distinct()
                        .toList(),
                Validity.of(run, row, ValidityRules.ofSweep(held + unclear == 0)));
    }

    private static Summary latency(final Row row, final String latency, final String point) {
        final ToDoubleFunction<ForkResult> metric = fork ->
                fork.entry().notes().getOrDefault(VERDICT + "RateKept", "").equals("false")
                        ? Double.NaN
                        : OpenLoopMetrics.latencyNs(fork, latency, point);
        return ForkMetrics.over(row, metric);
    }

    private static int count(final Row row, final String verdict) {
        return (int) row.forks().stream()
                .filter(fork -> fork.entry().notes().getOrDefault(VERDICT, "").equals(verdict))
                .count();
    }

    private static Map<String, String> withoutRate(final Row row) {
        final Map<String, String> params = new TreeMap<>(row.key().params());
        params.remove(RATE);
        return params;
    }

    private static Set<String> differing(final Manifest.Sweep sweep) {
        final Set<String> names = new TreeSet<>();
        sweep.edges().forEach(edge -> names.addAll(edge.params().keySet()));
        names.removeAll(Set.of("transport", "messageBytes"));
        names.removeIf(name -> sweep.edges().stream()
                        .map(edge -> edge.params().getOrDefault(name, ""))
                        .distinct()
                        .count()
                < 2);
        return names;
    }
}
