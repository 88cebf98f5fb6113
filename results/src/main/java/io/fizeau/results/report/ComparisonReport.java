package io.fizeau.results.report;

import io.fizeau.results.compare.ManifestDifference;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.compare.Side;
import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.report.chart.Line;
import io.fizeau.results.report.chart.Mark;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.table.comparison.ComparisonSheets;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page about two sides: the verdicts, the curves of both over each other, and what their manifests say and differ in. Stateless.
 */
public final class ComparisonReport {
    private ComparisonReport() {}

    /**
     * {@return the page and what it lacks}
     *
     * @param comparison two sides.
     * @param generator what writes the page, with its version.
     */
    public static Report of(final RunComparison comparison, final String generator) {
        final PageBuilder page = new PageBuilder();
        final ComparisonSheets sheets = ComparisonSheets.of(comparison);
        page.section("verdicts", "Verdicts");
        sheets.summary().forEach(page::paragraph);
        page.paragraph(sheets.shared().isEmpty() ? "" : "All rows: " + sheets.shared());
        page.grid(sheets.grid());
        page.notes(sheets.notes());
        page.list(sheets.legend());
        final CurveCharts curves = new CurveCharts();
        final List<Chart> charts =
                overlays(comparison, curves).stream().filter(Chart::isDrawable).toList();
        if (!charts.isEmpty()) {
            page.section("percentiles", "Percentiles");
            charts.forEach(page::chart);
        }
        page.section("manifests", "Manifests");
        differences(page, comparison);
        sessions(comparison).forEach(run -> ManifestSection.write(page, run));
        page.section("order", "Round order");
        sessions(comparison).forEach(run -> {
            page.subtitle(String.valueOf(run.location().getFileName()));
            OrderSection.write(page, run);
        });
        final List<String> problems = new ArrayList<>(comparison.problems());
        problems.addAll(curves.problems());
        if (!problems.isEmpty()) {
            page.section("problems", "Problems");
            page.list(problems);
        }
        return new Report(PageTemplate.page(sheets.title(), generator, page), problems);
    }

    private static List<Run> sessions(final RunComparison comparison) {
        final List<Run> runs = new ArrayList<>(comparison.base().sessions());
        runs.addAll(comparison.candidate().sessions());
        return runs;
    }

    private static void differences(final PageBuilder page, final RunComparison comparison) {
        final List<ManifestDifference> differences = comparison.differences();
        page.paragraph(
                differences.isEmpty()
                        ? "The manifests differ in nothing that matters, or a side has none."
                        : "What the manifests differ in; what changes from moment to moment is left out.");
        if (!differences.isEmpty()) {
            page.table(
                    List.of("field", "base", "candidate"),
                    differences.stream()
                            .map(difference -> List.of(difference.field(), difference.base(), difference.candidate()))
                            .toList());
        }
    }

    /** A chart for each group of rows; base and candidate of a row have its colour, and the base the second dash. */
    private static List<Chart> overlays(final RunComparison comparison, final CurveCharts curves) {
        final Map<RowKey, Row> rows = new LinkedHashMap<>();
        comparison.candidate().sessions().forEach(run -> run.rows().forEach(row -> rows.putIfAbsent(row.key(), row)));
        comparison.base().sessions().forEach(run -> run.rows().forEach(row -> rows.putIfAbsent(row.key(), row)));
        final List<Chart> charts = new ArrayList<>();
        final Run first = comparison.candidate().sessions().get(0);
        for (final RowGroup group : RowGroup.of(first, List.copyOf(rows.values()))) {
            final LineStyles styles = new LineStyles();
            final List<Line> lines = new ArrayList<>();
            for (final Row row : group.rows()) {
                lines.addAll(lines(comparison.candidate(), "candidate", group, row, curves, styles));
                lines.addAll(lines(comparison.base(), "base", group, row, curves, styles));
            }
            charts.add(CurveCharts.chart(group.title(), lines));
        }
        return charts;
    }

    private static List<Line> lines(
            final Side side,
            final String name,
            final RowGroup group,
            final Row row,
            final CurveCharts curves,
            final LineStyles styles) {
        final List<Line> lines = new ArrayList<>();
        for (final Run run : side.sessions()) {
            run.row(row.key()).ifPresent(own -> {
                final boolean isValid =
                        Validity.of(run, own, ValidityRules.of(run)).isValid();
                final List<Mark> marks = curves.marks(run, own, isValid);
                if (!marks.isEmpty()) {
                    final String colour = group.colour(row);
                    lines.add(new Line(
                            group.name(row) + ", " + name
                                    + (side.sessions().size() > 1
                                            ? ' ' + "" + run.location().getFileName()
                                            : "")
                                    + (isValid ? "" : " (INVALID)"),
                            colour,
                            styles.next(colour),
                            Line.Kind.MEASURED,
                            marks));
                }
            });
        }
        return lines;
    }
}
