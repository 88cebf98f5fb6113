package io.fizeau.results.history;

import io.fizeau.results.metric.Direction;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.Figures;
import io.fizeau.results.table.Grid;
import io.fizeau.results.table.Grid.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Histories for a person: of one row its runs, of several a line each. Stateless.
 */
final class HistoryText {
    /** As many runs, or rows, as one screen has room for. */
    static final int MOST_LINES = 30;

    private static final int COMMIT_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;

    private HistoryText() {}

    static String render(final Histories histories, final boolean isMarkdown) {
        final List<String> lines = new ArrayList<>();
        if (histories.rows().size() == 1) {
            lines.addAll(one(histories.rows().get(0), isMarkdown));
        } else {
            lines.addAll(several(histories.rows(), isMarkdown));
        }
        return String.join("\n", lines) + '\n';
    }

    private static int most(final boolean isMarkdown) {
        return isMarkdown ? Integer.MAX_VALUE : MOST_LINES;
    }

    private static List<String> one(final History history, final boolean isMarkdown) {
        final Measure measure = history.measure();
        final List<String> lines = new ArrayList<>();
        lines.add(measure.name() + " of " + history.row());
        final int hidden = Math.max(0, history.points().size() - most(isMarkdown));
        final Grid grid = new Grid(
                Column.left("started (UTC)"),
                Column.left("run"),
                Column.left("commit"),
                Column.right(measure.name()),
                Column.leftJoined("range"),
                Column.right("forks"),
                Column.left("valid"));
        for (int i = hidden; i < history.points().size(); i++) {
            final HistoryPoint point = history.points().get(i);
            point.machineChanges().forEach(change -> grid.addHeading("-- the machine changed: " + change));
            for (final ChangePoint change : history.changes()) {
                if (change.point() == i) {
                    grid.addHeading("-- " + said(change, measure));
                }
            }
            grid.add(List.of(
                    time(point.startedAt()),
                    point.run(),
                    shortened(point.commit(), COMMIT_LENGTH),
                    value(point.value().median(), measure),
                    range(point.value(), measure),
                    Integer.toString(point.value().count()),
                    point.validity().isValid()
                            ? "yes"
                            : "NO: " + point.validity().reasons().get(0)));
        }
        lines.addAll(framed(grid, isMarkdown));
        if (hidden > 0) {
            lines.add(hidden + " earlier runs are not shown; --format csv has all");
            history.changes().stream()
                    .filter(change -> change.point() < hidden)
                    .forEach(change ->
                            lines.add(history.points().get(change.point()).run() + ": " + said(change, measure)));
        }
        lines.add(verdict(history));
        lines.addAll(history.remarks());
        return lines;
    }

    private static List<String> several(final List<History> histories, final boolean isMarkdown) {
        final Set<String> names = differing(histories);
        final Grid grid = new Grid(
                Column.left("row"),
                Column.left("measure"),
                Column.right("runs"),
                Column.right("first"),
                Column.right("last"),
                Column.left("changes"));
        final List<History> ordered = histories.stream()
                .sorted(Comparator.comparing(
                                (History history) -> history.changes().isEmpty())
                        .thenComparing(history -> title(history, names)))
                .toList();
        for (final History history : ordered.subList(0, Math.min(ordered.size(), most(isMarkdown)))) {
            final Measure measure = history.measure();
            final List<HistoryPoint> valid =
                    history.points().stream().filter(HistoryPoint::counts).toList();
            grid.add(List.of(
                    title(history, names),
                    measure.name(),
                    valid.size() + "/" + history.points().size(),
                    valid.isEmpty() ? Figures.NONE : value(valid.get(0).value().median(), measure),
                    valid.isEmpty()
                            ? Figures.NONE
                            : value(valid.get(valid.size() - 1).value().median(), measure),
                    brief(history)));
        }
        final List<String> lines = new ArrayList<>(framed(grid, isMarkdown));
        if (ordered.size() > most(isMarkdown)) {
            lines.add((ordered.size() - MOST_LINES) + " more rows are not shown; --format csv has all");
        }
        lines.add(
                "runs: valid of all; first, last: of the valid ones. Name one row, by --benchmark, --transport or --param,"
                        + " for its runs.");
        histories.stream()
                .flatMap(history -> history.remarks().stream())
                .collect(Collectors.groupingBy(remark -> remark, TreeMap::new, Collectors.counting()))
                .forEach((remark, rows) -> lines.add("in " + rows + " of " + histories.size() + " rows: " + remark));
        return lines;
    }

    private static List<String> framed(final Grid grid, final boolean isMarkdown) {
        if (!isMarkdown) {
            return grid.text();
        }
        final List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(grid.markdown());
        lines.add("");
        return lines;
    }

    private static String verdict(final History history) {
        final long count =
                history.points().stream().filter(HistoryPoint::counts).count();
        return (history.changes().isEmpty()
                        ? "no change found"
                        : history.changes().size() == 1
                                ? "1 change found"
                                : history.changes().size() + " changes found")
                + " in " + count + (count == 1 ? " valid run" : " valid runs")
                + " (E-divisive means; how sure: docs/history.md)";
    }

    private static String brief(final History history) {
        if (history.changes().isEmpty()) {
            return "none";
        }
        final ChangePoint last = history.changes().get(history.changes().size() - 1);
        return (history.changes().size() == 1 ? "" : history.changes().size() + ", the last ")
                + word(last, history.measure()) + ' ' + percent(last.ratio()) + " at "
                + history.points().get(last.point()).run()
                + (last.machineChanges().isEmpty() ? "" : ", with the machine");
    }

    private static String said(final ChangePoint change, final Measure measure) {
        return word(change, measure) + ' ' + percent(change.ratio()) + ": " + value(change.before(), measure) + " to "
                + value(change.after(), measure) + ", p = " + Figures.significant(change.pValue())
                + (change.machineChanges().isEmpty()
                        ? ""
                        : "; the machine changed at about the same time (" + String.join("; ", change.machineChanges())
                                + "), which may be all there is to it");
    }

    /** Which way it went, for who reads the measure. */
    static String word(final ChangePoint change, final Measure measure) {
        if (measure.better() == Direction.NEITHER || change.before() == change.after()) {
            return "CHANGED";
        }
        return change.after() < change.before() == (measure.better() == Direction.LESS) ? "BETTER" : "WORSE";
    }

    private static String percent(final double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%+.1f %%", (ratio - 1) * 100) : "";
    }

    private static String value(final double value, final Measure measure) {
        return switch (measure.unit()) {
            case "ns" -> Figures.duration(value);
            case "1/s" -> Figures.count(value) + "/s";
            default -> Figures.significant(value) + (Double.isFinite(value) ? ' ' + measure.unit() : "");
        };
    }

    private static String range(final Summary value, final Measure measure) {
        return switch (measure.unit()) {
            case "ns" -> Figures.durationRange(value);
            case "1/s" -> Figures.countRange(value);
            default ->
                value.count() < 2 ? "" : Figures.significant(value.min()) + '-' + Figures.significant(value.max());
        };
    }

    /** The benchmark, its transport and size, and what else tells it from the other rows. */
    private static String title(final History history, final Set<String> names) {
        final Set<String> shown = new LinkedHashSet<>(List.of("transport", "messageBytes"));
        shown.addAll(names);
        return history.row().simpleName()
                + shown.stream()
                        .filter(name -> !history.row().param(name).isEmpty())
                        .map(name -> switch (name) {
                            case "transport" -> ' ' + history.row().param(name);
                            case "messageBytes" -> ' ' + history.row().param(name) + " B";
                            default -> ' ' + name + '=' + history.row().param(name);
                        })
                        .collect(Collectors.joining());
    }

    /** Parameters that rows of one benchmark do not agree on. */
    private static Set<String> differing(final List<History> histories) {
        final Set<String> names = new TreeSet<>();
        histories.forEach(history -> names.addAll(history.row().params().keySet()));
        names.removeIf(name -> histories.stream()
                .collect(Collectors.groupingBy(
                        history -> history.row().benchmark(),
                        Collectors.mapping(history -> history.row().param(name), Collectors.toSet())))
                .values()
                .stream()
                .allMatch(values -> values.size() == 1));
        return names;
    }

    private static String time(final String startedAt) {
        return shortened(startedAt, SECONDS_LENGTH).replace('T', ' ');
    }

    private static String shortened(final String text, final int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
