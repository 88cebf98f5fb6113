package io.fizeau.results.report;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.Measures;
import io.fizeau.results.report.chart.Axis;
import io.fizeau.results.report.chart.Chart;
import io.fizeau.results.report.chart.Line;
import io.fizeau.results.report.chart.Mark;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bad link does: goodput against loss, and how much longer messages take that a loss hit; theory laid over. Stateless. */
final class LinkCharts {
    private static final String IMPAIR = "impair";
    private static final String THEORY = "theory:";
    private static final String EXTRA = THEORY + "extra.";
    private static final double NS_PER_MS = 1e6;
    /** A link that loses packets by one of the ways of docs/impairment.md; on any other no message is hit. */
    private static final Pattern LOSES = Pattern.compile("(?:^|:)(?:loss|gilbert|drops|blackout|corrupt)=");

    private static final Pattern LOSS = Pattern.compile("(?:^|:)loss=([0-9.]+)%");

    private LinkCharts() {}

    static List<Chart> goodput(final Run run) {
        final Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (final Row row : run.rows()) {
            if (loss(row) > 0 && Measures.find(row, "goodput").isPresent()) {
                final String rest = row.key().param(IMPAIR).replaceFirst("(^|:)loss=[0-9.]+%", "");
                groups.computeIfAbsent(
                                row.key().param("messageBytes") + " B, " + rest.replaceFirst("^:", ""),
                                title -> new ArrayList<>())
                        .add(row);
            }
        }
        final List<Chart> charts = new ArrayList<>();
        groups.forEach((title, rows) -> charts.add(new Chart(
                "Goodput against loss, " + title.replaceFirst(", $", "") + '.',
                "Payload at the receiver; line: median over forks, band: from the least fork to the greatest. Dotted: what the formulas"
                        + " mathis, pftk and cubic say for TCP's own parameters on that link.",
                new Axis("loss", Axis.Unit.PERCENT, Axis.Scale.LOG),
                new Axis("goodput", Axis.Unit.MBIT, Axis.Scale.LOG),
                List.of(),
                goodputLines(run, rows))));
        return charts;
    }

    private static List<Line> goodputLines(final Run run, final List<Row> rows) {
        final RowGroup group =
                new RowGroup("", rows.stream().map(LinkCharts::withoutLoss).toList());
        final Map<String, List<Row>> byName = new LinkedHashMap<>();
        rows.forEach(row -> byName.computeIfAbsent(group.name(withoutLoss(row)), name -> new ArrayList<>())
                .add(row));
        final LineStyles styles = new LineStyles();
        final List<Line> lines = new ArrayList<>();
        byName.forEach((name, own) -> {
            final String colour = group.colour(own.get(0));
            lines.add(new Line(
                    name,
                    colour,
                    styles.next(colour),
                    Line.Kind.MEASURED,
                    own.stream()
                            .sorted(Comparator.comparingDouble(LinkCharts::loss))
                            .map(row -> new Mark(loss(row), of(row, "goodput"), isValid(run, row), ""))
                            .toList()));
        });
        lines.addAll(theory(rows));
        return lines;
    }

    /** A line for each formula. Where rows of the same loss have other parameters, its band spans them. */
    private static List<Line> theory(final List<Row> rows) {
        final Map<String, Map<Double, List<Double>>> formulas = new TreeMap<>();
        for (final Row row : rows) {
            for (final Measure measure : Measures.of(row)) {
                if (measure.name().startsWith(THEORY)) {
                    formulas.computeIfAbsent(measure.name(), name -> new TreeMap<>())
                            .computeIfAbsent(loss(row), loss -> new ArrayList<>())
                            .add(ForkMetrics.over(row, measure::of).median());
                }
            }
        }
        final LineStyles styles = new LineStyles();
        final List<Line> lines = new ArrayList<>();
        formulas.forEach((name, values) -> {
            final List<Mark> marks = new ArrayList<>();
            values.forEach((loss, told) -> marks.add(new Mark(
                    loss,
                    Summary.of(told.stream().mapToDouble(Double::doubleValue).toArray()),
                    true,
                    "")));
            lines.add(new Line(
                    "theory: " + name.substring(THEORY.length()),
                    Colours.THEORY,
                    styles.next(Colours.THEORY),
                    Line.Kind.THEORY,
                    marks));
        });
        return lines;
    }

    /** How much longer hit messages took, with what the formulas say of a single loss. */
    static List<Chart> recovery(final Run run, final CurveCharts curves) {
        final List<Row> rows = run.rows().stream()
                .filter(row -> row.key().simpleName().startsWith("LossRecoveryBenchmark"))
                .filter(row -> LOSES.matcher(row.key().param(IMPAIR)).find())
                .toList();
        final List<Chart> charts = new ArrayList<>();
        for (final RowGroup group : RowGroup.of(run, rows)) {
            final LineStyles styles = new LineStyles();
            final List<Line> lines = new ArrayList<>();
            for (final Row row : group.rows()) {
                final List<Mark> marks = curves.marks(run, row, "hit.estimated", isValid(run, row)).stream()
                        .filter(mark -> mark.x() > 0)
                        .toList();
                if (!marks.isEmpty()) {
                    final String colour = group.colour(row);
                    lines.add(new Line(group.name(row), colour, styles.next(colour), Line.Kind.MEASURED, marks));
                    lines.addAll(extra(row, colour, marks));
                }
            }
            charts.add(new Chart(
                    group.title() + ": how much longer a message takes that a loss hit.",
                    "Hit are those slower than the median by half a round trip, an estimate. Dotted: one loss that is repaired by what"
                            + " later packets show (sack, nak), by the retransmission timer (rto) or by the tail's (tail).",
                    new Axis("percentile of hit messages", Axis.Unit.PERCENT, Axis.Scale.PERCENTILE),
                    new Axis("extra time", Axis.Unit.TIME, Axis.Scale.LOG),
                    List.of(),
                    lines));
        }
        return charts;
    }

    private static List<Line> extra(final Row row, final String colour, final List<Mark> marks) {
        final List<Line> lines = new ArrayList<>();
        for (final Measure measure : Measures.of(row)) {
            if (measure.name().startsWith(EXTRA)) {
                final double ns = ForkMetrics.over(row, measure::of).median() * NS_PER_MS;
                lines.add(new Line(
                        "theory: " + measure.name().substring(EXTRA.length()) + " of "
                                + row.key().param("transport"),
                        colour,
                        0,
                        Line.Kind.THEORY,
                        List.of(
                                new Mark(marks.get(0).x(), Summary.of(ns), true, ""),
                                new Mark(marks.get(marks.size() - 1).x(), Summary.of(ns), true, ""))));
            }
        }
        return lines;
    }

    private static Row withoutLoss(final Row row) {
        final Map<String, String> params = new TreeMap<>(row.key().params());
        params.remove(IMPAIR);
        return new Row(new RowKey(row.key().benchmark(), params), row.forks());
    }

    /** The share of packets that the link loses at random, in percent; NaN if it was not told to. */
    static double loss(final Row row) {
        final Matcher loss = LOSS.matcher(row.key().param(IMPAIR));
        return loss.find() ? new RowKey("", Map.of("loss", loss.group(1))).number("loss") : Double.NaN;
    }

    private static Summary of(final Row row, final String measure) {
        return Measures.find(row, measure)
                .map(found -> ForkMetrics.over(row, found::of))
                .orElse(Summary.of());
    }

    private static boolean isValid(final Run run, final Row row) {
        return Validity.of(run, row, ValidityRules.of(run)).isValid();
    }
}
