package io.fizeau.results.report;

import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.report.chart.Axis;
import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.report.chart.Line;
import io.fizeau.results.report.chart.Mark;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.OpenLine;
import io.fizeau.results.table.RunTable;
import io.fizeau.results.table.SweepTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Latency and throughput against the offered rate, out of a sweep or of an open loop at several rates. Stateless. */
final class LoadCharts {
    private static final String ABOUT =
            "Latency counts from when a message was due. Line: median over forks; band: from the least fork to"
                    + " the greatest. Where a rate was not kept there is no latency.";

    private LoadCharts() {}

    /** One transport at one rate. */
    private record Load(
            double perSecond, Summary sent, Summary p50Ns, Summary p99Ns, Summary p999Ns, boolean valid, String note) {}

    /** By what stands on one chart, then by line. Empty unless something was offered at two rates at least. */
    static List<Chart> of(final Run run) {
        final Map<String, Map<String, List<Load>>> groups =
                run.manifest().sweep().isPresent() ? ofSweep(run) : ofOpenLoop(run);
        final List<Chart> charts = new ArrayList<>();
        groups.forEach((title, lines) -> {
            if (lines.values().stream().anyMatch(loads -> loads.size() > 1)) {
                charts.add(latency(title + ": p50 against load.", lines, Load::p50Ns));
                charts.add(latency(title + ": p99 against load.", lines, Load::p99Ns));
                charts.add(latency(title + ": p99.9 against load.", lines, Load::p999Ns));
                charts.add(throughput(title, lines));
            }
        });
        return charts;
    }

    private static Map<String, Map<String, List<Load>>> ofSweep(final Run run) {
        final Map<String, Map<String, List<Load>>> groups = new LinkedHashMap<>();
        for (final SweepTable.Curve curve : SweepTable.of(run).curves()) {
            groups.computeIfAbsent(curve.messageBytes() + " B, " + curve.regime(), title -> new LinkedHashMap<>())
                    .put(
                            (curve.spec() + ' ' + curve.variant()).strip(),
                            curve.points().stream()
                                    .map(point -> load(curve, point))
                                    .toList());
        }
        return groups;
    }

    private static Load load(final SweepTable.Curve curve, final SweepTable.Point point) {
        final boolean holds = point.held() > 0 && point.failed() + point.unclear() == 0;
        return new Load(
                point.ratePerSecond(),
                point.achievedPerSecond(),
                point.p50Ns(),
                point.p99Ns(),
                point.p999Ns(),
                point.validity().isValid() && curve.doubts().isEmpty(),
                holds ? "" : "held in " + point.held() + " of " + (point.held() + point.failed() + point.unclear()));
    }

    private static Map<String, Map<String, List<Load>>> ofOpenLoop(final Run run) {
        final Map<String, Map<String, List<Load>>> groups = new LinkedHashMap<>();
        if (run.rows().stream().noneMatch(OpenLoopMetrics::isOpenLoop)) {
            return groups;
        }
        for (final OpenLine line : RunTable.of(run).open()) {
            if (Double.isFinite(line.ratePerSecond())) {
                groups.computeIfAbsent(line.messageBytes() + " B, " + line.regime(), title -> new LinkedHashMap<>())
                        .computeIfAbsent((line.spec() + ' ' + line.variant()).strip(), name -> new ArrayList<>())
                        .add(new Load(
                                line.ratePerSecond(),
                                line.achievedPerSecond(),
                                line.p50Ns(),
                                line.p99Ns(),
                                line.p999Ns(),
                                line.reasons().isEmpty(),
                                ""));
            }
        }
        return groups;
    }

    private static Chart latency(
            final String title, final Map<String, List<Load>> loads, final Function<Load, Summary> figure) {
        return new Chart(
                title,
                ABOUT,
                offered(),
                new Axis("latency", Axis.Unit.TIME, Axis.Scale.LOG),
                List.of(),
                lines(loads, figure));
    }

    private static Chart throughput(final String title, final Map<String, List<Load>> loads) {
        final List<Line> lines = new ArrayList<>(lines(loads, Load::sent));
        final double[] rates = loads.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Load::perSecond)
                .distinct()
                .sorted()
                .toArray();
        final List<Mark> asOffered = new ArrayList<>();
        for (final double rate : rates) {
            asOffered.add(new Mark(rate, Summary.of(rate), true, ""));
        }
        lines.add(new Line("as offered", Colours.THEORY, 0, Line.Kind.THEORY, asOffered));
        return new Chart(
                title + ": sent against offered.",
                "What keeps up lies on the dotted line.",
                offered(),
                new Axis("sent", Axis.Unit.COUNT, Axis.Scale.LOG),
                List.of(),
                lines);
    }

    private static Axis offered() {
        return new Axis("offered", Axis.Unit.COUNT, Axis.Scale.LOG);
    }

    private static List<Line> lines(final Map<String, List<Load>> loads, final Function<Load, Summary> figure) {
        final LineStyles styles = new LineStyles();
        final List<Line> lines = new ArrayList<>();
        loads.forEach((name, points) -> {
            final String colour = Colours.of(name.replaceFirst(" .*", ""));
            lines.add(new Line(
                    name,
                    colour,
                    styles.next(colour),
                    Line.Kind.MEASURED,
                    points.stream()
                            .map(load -> new Mark(load.perSecond(), figure.apply(load), load.valid(), load.note()))
                            .toList()));
        });
        return lines;
    }
}
