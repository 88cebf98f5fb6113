package io.fizeau.results.table;

import io.fizeau.results.compare.Comparison;
import io.fizeau.results.compare.Verdict;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.Grid.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parts of the table that text and Markdown share: cells, promises, the legend, the footnotes. One thread. */
final class Sheets {
    private final RunTable table;
    private final Footnotes footnotes = new Footnotes();

    Sheets(final RunTable table) {
        this.table = table;
    }

    /** The transports, group by group. */
    Grid transports() {
        final boolean withEach = hasEach() && hasGathered();
        final List<Column> columns = new ArrayList<>(List.of(
                Column.left("transport"),
                Column.right("p50"),
                Column.leftJoined("range"),
                Column.right("ratio"),
                Column.leftJoined("95 %"),
                Column.left("verdict"),
                Column.right("p99"),
                Column.right("msg/s")));
        if (withEach) {
            columns.add(Column.right("each/s"));
        }
        columns.addAll(List.of(Column.rightJoined("MB/s"), Column.right("B/op"), Column.left("valid")));
        final Grid grid = new Grid(columns.toArray(Column[]::new));
        for (final TransportGroup group : table.groups()) {
            grid.addHeading(group.title() + (isCompared(group) ? "; ratio to " + group.reference() : ""));
            group.lines().forEach(line -> grid.add(cells(line, isCompared(group), withEach)));
        }
        return grid;
    }

    private static boolean isCompared(final TransportGroup group) {
        return group.lines().stream()
                        .filter(line -> line.comparison().isPresent())
                        .count()
                > 1;
    }

    private List<String> cells(final TransportLine line, final boolean compared, final boolean withEach) {
        final List<String> cells = new ArrayList<>();
        cells.add(line.spec());
        cells.add(Figures.duration(line.p50Ns().median()));
        cells.add(Figures.durationRange(line.p50Ns()));
        cells.addAll(compared ? comparison(line) : List.of(Figures.NONE, "", Figures.NONE));
        cells.add(Figures.duration(line.p99Ns().median()));
        if (withEach) {
            cells.add(Figures.count(line.gatheredPerSecond().median()));
            cells.add(Figures.count(line.eachPerSecond().median()));
        } else {
            final Summary rate = line.gatheredPerSecond().isPresent() ? line.gatheredPerSecond() : line.eachPerSecond();
            cells.add(Figures.count(rate.median()));
        }
        cells.add(Figures.significant(line.megabytesPerSecond()));
        cells.add(allocation(line));
        cells.add(footnotes.validity(line.reasons(), line.remarks()));
        return cells;
    }

    private static String allocation(final TransportLine line) {
        return line.clientBytesPerOp().isPresent() || line.serverBytesPerOp().isPresent()
                ? Figures.bytesPerOp(line.clientBytesPerOp().median())
                        + '/'
                        + Figures.bytesPerOp(line.serverBytesPerOp().median())
                : Figures.NONE;
    }

    /** Ratio, interval and verdict. */
    private static List<String> comparison(final TransportLine line) {
        if (line.comparison().isEmpty()) {
            return List.of(Figures.NONE, "", Figures.NONE);
        }
        final Comparison comparison = line.comparison().get();
        final PairedRatio ratio = comparison.ratio();
        if (comparison.row().equals(comparison.reference())) {
            return List.of(Figures.NONE, "", comparison.verdict().label());
        }
        final String interval =
                ratio.pairs() < Verdict.MIN_PAIRS ? "" : Figures.interval(ratio.low(), ratio.high(), ratio.ratio());
        return List.of(
                Figures.significant(ratio.ratio()),
                interval,
                comparison.verdict().label());
    }

    /** The open loop, size by size and regime by regime. */
    Grid open() {
        final Grid grid = new Grid(
                Column.left(table.groups().isEmpty() ? "transport" : "open loop"),
                Column.right("offered/s"),
                Column.right("sent/s"),
                Column.right("p50"),
                Column.leftJoined("range"),
                Column.right("p99"),
                Column.right("p99.9"),
                Column.right("max"),
                Column.right("late"),
                Column.right("missing"),
                Column.left("valid"));
        String heading = "";
        for (final OpenLine line : table.open()) {
            final String title = line.messageBytes() + " B, " + line.regime();
            if (!title.equals(heading)) {
                heading = title;
                grid.addHeading(title);
            }
            grid.add(List.of(
                    line.spec() + (line.variant().isEmpty() ? "" : ' ' + line.variant()),
                    line.rate(),
                    Figures.count(line.achievedPerSecond().median()),
                    told(line, "p50", line.p50Ns()),
                    Figures.durationRange(line.p50Ns()),
                    told(line, "p99", line.p99Ns()),
                    told(line, "p99.9", line.p999Ns()),
                    told(line, "max", line.maxNs()),
                    Figures.duration(line.latenessP99Ns().median()),
                    Figures.count(line.missing()),
                    footnotes.validity(line.reasons(), line.remarks())));
        }
        return grid;
    }

    /** A lost message took at least the deadline, so a percentile that falls among them is a lower bound. */
    private static String told(final OpenLine line, final String point, final Summary ns) {
        return (line.atLeast().contains(point) ? ">=" : "") + Figures.duration(ns.median());
    }

    /** What suites have measured that have figures of their own: over a bad link, of connections, of security. */
    List<Grid> suites() {
        final List<Grid> grids = new ArrayList<>(linkSheets().grids());
        grids.addAll(figureSheets().grids());
        return grids;
    }

    private FigureSheets figureSheets() {
        return new FigureSheets(table.figures(), footnotes);
    }

    private LinkSheets linkSheets() {
        return new LinkSheets(table.links(), footnotes);
    }

    /** Rows that are no part of the transports' table. */
    Grid others() {
        final Grid grid = new Grid(
                Column.left(table.groups().isEmpty() ? "benchmark" : "other rows"),
                Column.right("median"),
                Column.leftJoined("range"),
                Column.right("p99"),
                Column.right("op/s"),
                Column.leftJoined("range"),
                Column.right("forks"),
                Column.left("valid"));
        for (final OtherLine line : table.others()) {
            grid.add(List.of(
                    line.label(),
                    Figures.duration(line.timeNs().median()),
                    Figures.durationRange(line.timeNs()),
                    Figures.duration(line.p99Ns().median()),
                    Figures.count(line.perSecond().median()),
                    Figures.countRange(line.perSecond()),
                    Integer.toString(line.forks()),
                    footnotes.validity(line.reasons(), line.remarks())));
        }
        return grid;
    }

    /** What the transports promise: first what all do, then what only some do and which. */
    List<String> promises() {
        final Map<String, List<String>> promised = new LinkedHashMap<>();
        table.groups().stream()
                .flatMap(group -> group.lines().stream())
                .forEach(line -> promised.putIfAbsent(line.spec(), line.guarantees()));
        if (promised.values().stream().allMatch(List::isEmpty)) {
            return List.of();
        }
        final Set<String> all = new LinkedHashSet<>();
        promised.values().forEach(all::addAll);
        final Map<String, String> some = new TreeMap<>();
        final List<String> common = new ArrayList<>();
        for (final String guarantee : all) {
            final List<String> by = promised.entrySet().stream()
                    .filter(e -> e.getValue().contains(guarantee))
                    .map(Map.Entry::getKey)
                    .toList();
            if (by.size() == promised.size()) {
                common.add(guarantee);
            } else {
                some.merge(String.join(", ", by), guarantee, (a, b) -> a + ", " + b);
            }
        }
        final List<String> lines = new ArrayList<>();
        if (!common.isEmpty()) {
            lines.add((promised.size() == 1 ? "" : "all: ") + String.join(", ", common));
        }
        final String only = some.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining("; "));
        if (!only.isEmpty()) {
            lines.add(only);
        }
        return lines;
    }

    /** How to read the columns; only what this table needs. */
    List<String> legend() {
        final List<String> legend = new ArrayList<>();
        if (!table.groups().isEmpty()) {
            legend.add("p50, p99: closed round trip, one message in flight, median over forks; range: of p50.");
        }
        if (hasGathered() || hasEach()) {
            legend.add("msg/s: one way, counted at the receiver, "
                    + (hasGathered()
                            ? "sends gathered" + (hasEach() ? "; each/s: a send for each message" : "")
                            : "a send each")
                    + ". MB/s: 10^6 bytes of messages. B/op: allocated, client/server.");
        } else if (!table.groups().isEmpty()) {
            legend.add("B/op: allocated, client/server.");
        }
        if (!table.open().isEmpty()) {
            legend.add(
                    "open loop: latency from when a message was due, median over forks; late: of the generator, p99;"
                            + " missing: lost or never sent, counted as at least the deadline; -: too few messages or episodes.");
        }
        legend.addAll(linkSheets().legend());
        legend.addAll(figureSheets().legend());
        if (table.groups().stream().anyMatch(Sheets::isCompared)) {
            legend.add("ratio: of p50, paired by round, below 1 is faster; never of blocking to spinning.");
            legend.add(verdicts());
        }
        return legend;
    }

    private String verdicts() {
        final Set<Verdict> shown = table.groups().stream()
                .flatMap(group -> group.lines().stream())
                .flatMap(line -> line.comparison().stream())
                .map(Comparison::verdict)
                .collect(Collectors.toSet());
        final List<String> parts = new ArrayList<>();
        if (shown.contains(Verdict.FASTER) || shown.contains(Verdict.SLOWER)) {
            parts.add(String.format(
                    Locale.ROOT,
                    "FASTER, SLOWER: p < %.2f%s",
                    Verdict.SIGNIFICANCE,
                    table.family() > 1 ? " after Holm over " + table.family() + " comparisons" : ""));
        }
        if (shown.contains(Verdict.EQUIVALENT)) {
            parts.add(String.format(
                    Locale.ROOT, "EQUIVALENT: interval within %.0f %%", Verdict.EQUIVALENCE_MARGIN * 100));
        }
        if (shown.contains(Verdict.INCONCLUSIVE)) {
            parts.add("INCONCLUSIVE: could be either");
        }
        if (shown.contains(Verdict.NO_VERDICT)) {
            parts.add("no verdict: needs " + Verdict.MIN_PAIRS + " forks a side and a valid reference");
        }
        if (shown.contains(Verdict.INVALID)) {
            parts.add("INVALID: see the note");
        }
        return parts.isEmpty() ? "" : String.join("; ", parts) + '.';
    }

    /** Why rows are invalid, and remarks; complete once the grids were made. */
    List<String> notes() {
        return footnotes.lines();
    }

    /** What was not measured, then what could not be read. */
    List<String> leftOut() {
        final List<String> lines = new ArrayList<>();
        table.leftOut().forEach(left -> lines.add(left.spec() + ": " + left.reason()));
        return lines;
    }

    private boolean hasEach() {
        return table.groups().stream()
                .flatMap(group -> group.lines().stream())
                .anyMatch(line -> line.eachPerSecond().isPresent());
    }

    private boolean hasGathered() {
        return table.groups().stream()
                .flatMap(group -> group.lines().stream())
                .anyMatch(line -> line.gatheredPerSecond().isPresent());
    }
}
