package io.fizeau.results.table;

import io.fizeau.results.run.Manifest;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of a sweep's table, the same for a terminal and for Markdown. */
final class SweepSheets {
    private final SweepTable table;

    SweepSheets(final SweepTable table) {
        this.table = table;
    }

    String title() {
        final Manifest manifest = table.run().manifest();
        final List<String> slo = table.sweep().slo();
        return (manifest.complete() ? "" : "*** INCOMPLETE: " + manifest.incompleteReason() + " *** ")
                + manifest.label() + ": " + manifest.topology() + ", latency against load, "
                + (slo.isEmpty() ? "no limit to the latency" : "limit " + String.join(", ", slo));
    }

    /** What stands above the table of any run: when, where, on what. */
    Map<String, String> headlines() {
        return new Headlines(RunTable.of(table.run())).lines();
    }

    Grid grid(final SweepTable.Curve curve) {
        final Grid grid = new Grid(
                Grid.Column.right("offered/s"),
                Grid.Column.right("sent/s"),
                Grid.Column.right("p50"),
                Grid.Column.right("p99"),
                Grid.Column.right("p99.9"),
                Grid.Column.right("late"),
                Grid.Column.right("forks"),
                Grid.Column.left("holds?"));
        for (final SweepTable.Point point : curve.points()) {
            grid.add(List.of(
                    rate(point.ratePerSecond()),
                    Figures.count(point.achievedPerSecond().median()),
                    Figures.duration(point.p50Ns().median()),
                    Figures.duration(point.p99Ns().median()),
                    Figures.duration(point.p999Ns().median()),
                    Figures.duration(point.latenessP99Ns().median()),
                    Integer.toString(point.held() + point.failed() + point.unclear()),
                    verdict(point)));
        }
        return grid;
    }

    /** The highest sustainable rate, with its uncertainty, and what ended it. */
    String edge(final SweepTable.Curve curve) {
        final Manifest.Edge edge = curve.edge();
        final double highest = curve.highestPerSecond();
        if (highest < edge.heldPerSecond()) {
            return (highest > 0
                            ? rate(highest) + "/s held in all its forks and may be believed; "
                            : "none that may be believed: ")
                    + rate(edge.heldPerSecond()) + "/s held in all its forks, and is INVALID"
                    + (Double.isNaN(edge.failedPerSecond())
                            ? ""
                            : "; " + rate(edge.failedPerSecond()) + "/s failed in all");
        }
        final String why = edge.why().isEmpty() ? "" : ", where " + edge.why();
        final String bracket = rate(edge.heldPerSecond()) + "/s held in all its forks, " + rate(edge.failedPerSecond())
                + "/s failed in all" + why;
        final String text = switch (edge.state()) {
            case "FOUND" -> rate(edge.heldPerSecond()) + "/s: " + bracket;
            case "DISPUTED" ->
                rate(edge.heldPerSecond()) + "/s: " + bracket
                        + "; in between forks of the same rate disagreed or could not tell, so it cannot be told closer"
                        + " than " + wide(edge);
            case "NONE_HELD" ->
                "none: no rate held in all its forks"
                        + (Double.isNaN(edge.failedPerSecond())
                                ? ""
                                : ", and from " + rate(edge.failedPerSecond()) + "/s on all failed" + why);
            case "NO_LIMIT" -> "over " + rate(edge.heldPerSecond()) + "/s, the highest rate that can be offered";
            default ->
                "not found yet: "
                        + (edge.heldPerSecond() > 0 ? rate(edge.heldPerSecond()) + "/s held" : "nothing held")
                        + (Double.isNaN(edge.failedPerSecond())
                                ? ""
                                : ", " + rate(edge.failedPerSecond()) + "/s failed");
        };
        return text + (edge.why().startsWith("the generator") ? "; so this is the limit of the generator here" : "");
    }

    String legend() {
        return "latency from when a message was due, median over forks; late: of the generator, p99; -: the rate was not kept, or too"
                + " few messages or episodes. A rate holds when 99.5 % of what fell due was accepted, it left at the rate within 0.5 %,"
                + " nothing promised was lost; INVALID: it may not be believed, see the note"
                + (table.sweep().slo().isEmpty()
                        ? "."
                        : ", and the limit was kept, the generator's lateness included.");
    }

    private static String verdict(final SweepTable.Point point) {
        final int forks = point.held() + point.failed() + point.unclear();
        final String count = point.word().equals("disputed") ? " (held in " + point.held() + " of " + forks + ')' : "";
        return (point.validity().isValid() ? "" : "INVALID, ")
                + point.word()
                + count
                + (point.whys().isEmpty() ? "" : ": " + point.whys().get(0));
    }

    private static String wide(final Manifest.Edge edge) {
        return String.format(Locale.ROOT, "%.0f %%", (edge.failedPerSecond() / edge.heldPerSecond() - 1) * 100);
    }

    /** Rates have four digits, for the search tells them apart by a few percent. */
    static String rate(final double perSecond) {
        if (!Double.isFinite(perSecond)) {
            return Figures.NONE;
        }
        final double scaled = perSecond >= 1e6 ? perSecond / 1e6 : perSecond >= 1e4 ? perSecond / 1e3 : perSecond;
        final String unit = perSecond >= 1e6 ? "M" : perSecond >= 1e4 ? "k" : "";
        return new BigDecimal(scaled)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                + unit;
    }

    List<String> notes() {
        final List<String> notes = new ArrayList<>();
        for (final SweepTable.Curve curve : table.curves()) {
            curve.doubts().forEach(doubt -> notes.add(curve.spec() + ": " + doubt));
            for (final SweepTable.Point point : curve.points()) {
                final String at =
                        curve.spec() + ", " + curve.messageBytes() + " B, at " + rate(point.ratePerSecond()) + "/s: ";
                point.validity().reasons().forEach(reason -> notes.add(at + "INVALID: " + reason));
            }
        }
        table.run().manifest().leftOut().forEach(left -> notes.add("left out: " + left.spec() + ": " + left.reason()));
        table.run().problems().forEach(problem -> notes.add("unread: " + problem));
        return notes;
    }
}
