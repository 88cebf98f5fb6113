package io.fizeau.results.report;

import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.table.RunSheets;
import io.fizeau.results.table.SweepTable;
import java.nio.file.Path;
import java.util.List;

/**
 * The page about one run: its tables, its curves, latency against load, what a bad link did, the round order and the manifest; of these
 * what the run has. Stateless.
 */
public final class RunReport {
    private RunReport() {}

    /**
     * {@return the page and what it lacks}
     *
     * @param run any run that could be read, however little of it is there.
     * @param others run folders beside it, for the history of its rows; what cannot be read of them is passed over.
     * @param generator what writes the page, with its version.
     */
    public static Report of(final Run run, final List<Path> others, final String generator) {
        final PageBuilder page = new PageBuilder();
        final RunSheets sheets = RunSheets.of(run);
        page.section("results", "Results");
        TableSection.write(page, run, sheets);
        final CurveCharts curves = new CurveCharts();
        section(page, "percentiles", "Percentiles", curves.of(run, rows(run)));
        section(page, "load", "Load", LoadCharts.of(run));
        section(page, "goodput", "Goodput and loss", LinkCharts.goodput(run));
        section(page, "recovery", "Loss recovery", LinkCharts.recovery(run, curves));
        HistorySection.write(page, run, others);
        page.section("order", "Round order");
        OrderSection.write(page, run);
        page.section("manifest", "Manifest");
        ManifestSection.write(page, run);
        if (!curves.problems().isEmpty()) {
            page.section("unread", "Unread");
            page.list(curves.problems());
        }
        return new Report(PageTemplate.page(sheets.title(), generator, page), curves.problems());
    }

    private static void section(final PageBuilder page, final String id, final String title, final List<Chart> charts) {
        final List<Chart> drawable = charts.stream().filter(Chart::isDrawable).toList();
        if (!drawable.isEmpty()) {
            page.section(id, title);
            drawable.forEach(page::chart);
        }
    }

    /** Of a sweep only the highest rate of each transport that holds: the others are on the way there. */
    private static List<Row> rows(final Run run) {
        if (run.manifest().sweep().isEmpty()) {
            return run.rows();
        }
        final List<SweepTable.Curve> curves = SweepTable.of(run).curves();
        return run.rows().stream()
                .filter(row -> curves.stream()
                        .anyMatch(curve -> highest(curve) == row.key().number("rate")
                                && curve.spec().equals(row.key().param("transport"))
                                && curve.messageBytes().equals(row.key().param("messageBytes"))))
                .toList();
    }

    /** The highest that may be believed, or, if there is none, the highest that held all the same. */
    private static double highest(final SweepTable.Curve curve) {
        return curve.highestPerSecond() > 0
                ? curve.highestPerSecond()
                : curve.edge().heldPerSecond();
    }
}
