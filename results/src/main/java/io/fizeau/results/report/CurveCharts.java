package io.fizeau.results.report;

import io.fizeau.results.curve.ForkCurve;
import io.fizeau.results.curve.PercentileCurves;
import io.fizeau.results.curve.Point;
import io.fizeau.results.curve.RowCurves;
import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.report.chart.Axis;
import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.report.chart.Line;
import io.fizeau.results.report.chart.Mark;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Percentile curves: of each row the median over its forks at each percentile, and a band from the least fork to the greatest. One thread. */
final class CurveCharts {
    private static final double TAIL = 90;
    static final String ABOUT =
            "Line: median over forks at each percentile; band: from the least fork to the greatest. A fork counts as"
                    + " far as ten of its messages lie beyond; a line ends where fewer than half of the forks do.";

    private final Set<String> problems = new LinkedHashSet<>();

    /** What could not be read of the rows that were asked for, one line each. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** A chart for each group that has curves. */
    List<Chart> of(final Run run, final List<Row> rows) {
        final List<Chart> charts = new ArrayList<>();
        for (final RowGroup group : RowGroup.of(run, rows)) {
            final LineStyles styles = new LineStyles();
            final List<Line> lines = new ArrayList<>();
            for (final Row row : group.rows()) {
                final boolean isValid =
                        Validity.of(run, row, ValidityRules.of(run)).isValid();
                final String colour = group.colour(row);
                final List<Mark> marks = marks(run, row, isValid);
                if (!marks.isEmpty()) {
                    lines.add(new Line(
                            group.name(row) + (isValid ? "" : " (INVALID)"),
                            colour,
                            styles.next(colour),
                            Line.Kind.MEASURED,
                            marks));
                }
            }
            charts.add(chart(group.title(), lines));
        }
        return charts;
    }

    static Chart chart(final String title, final List<Line> lines) {
        return new Chart(
                title + ": percentiles.",
                ABOUT,
                new Axis("percentile", Axis.Unit.PERCENT, Axis.Scale.PERCENTILE),
                new Axis("latency", Axis.Unit.TIME, Axis.Scale.LOG),
                List.of(),
                lines);
    }

    /** The percentiles that at least half of the forks tell, as in the tables the median of those. */
    List<Mark> marks(final Run run, final Row row, final boolean isValid) {
        final String latency = OpenLoopMetrics.isOpenLoop(row) ? "response" : "service";
        return marks(run, row, latency, isValid);
    }

    List<Mark> marks(final Run run, final Row row, final String latency, final boolean isValid) {
        final RowCurves read =
                PercentileCurves.read(run, row, name -> name.equals(latency) || name.equals(PercentileCurves.SAMPLED));
        problems.addAll(read.problems());
        final List<ForkCurve> curves = read.curves();
        final List<Mark> marks = new ArrayList<>();
        for (final double percentile : PercentileCurves.GRID) {
            final List<Point> points = curves.stream()
                    .flatMap(curve -> curve.points().stream())
                    .filter(point -> point.percentile() == percentile)
                    .toList();
            if (!points.isEmpty() && 2 * points.size() >= curves.size()) {
                marks.add(new Mark(
                        percentile,
                        Summary.of(points.stream().mapToDouble(Point::valueNs).toArray()),
                        isValid,
                        percentile < TAIL ? "" : support(points, curves.size())));
            }
        }
        return marks;
    }

    /** What a tail stands on: the number of messages beyond in the fork that has fewest, and of how many forks. */
    private static String support(final List<Point> points, final int forks) {
        final long beyond = points.stream().mapToLong(Point::beyond).min().orElse(0);
        return beyond + " beyond" + (points.size() < forks ? " in " + points.size() + " of " + forks + " forks" : "");
    }
}
