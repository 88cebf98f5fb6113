package io.fizeau.results.table;

import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.Grid.Column;
import java.util.ArrayList;
import java.util.List;

/** What was measured over a bad link, a grid for each kind of question. One thread. */
final class LinkSheets {
    private final List<LinkLine> lines;
    private final Footnotes footnotes;

    LinkSheets(final List<LinkLine> lines, final Footnotes footnotes) {
        this.lines = List.copyOf(lines);
        this.footnotes = footnotes;
    }

    /** Those that have lines. */
    List<Grid> grids() {
        final List<Grid> grids = new ArrayList<>();
        if (has(LinkLine.Kind.RECOVERY)) {
            grids.add(recovery());
        }
        if (has(LinkLine.Kind.GOODPUT)) {
            grids.add(goodput());
        }
        if (has(LinkLine.Kind.BLACKOUT)) {
            grids.add(blackout());
        }
        return grids;
    }

    /** How to read them. */
    List<String> legend() {
        final List<String> legend = new ArrayList<>();
        if (has(LinkLine.Kind.RECOVERY)) {
            legend.add(
                    "loss recovery: hit: the share of messages that a loss hit, estimated as those slower than the median by"
                            + " half a round trip, and by how much longer they took (p50, p99); theory: one loss repaired by sack, nak,"
                            + " rto or tail, and extra p50 over it.");
        }
        if (has(LinkLine.Kind.GOODPUT)) {
            legend.add(
                    "goodput: payload at the receiver; theory: the formula for the row's congestion control (pftk for reno),"
                            + " and measured over it; wire: bytes on the link per byte of payload.");
        }
        if (has(LinkLine.Kind.BLACKOUT)) {
            legend.add("blackout: from the link's return to the first delivery, and to 90 % of the earlier rate.");
        }
        return legend;
    }

    private boolean has(final LinkLine.Kind kind) {
        return lines.stream().anyMatch(line -> line.kind() == kind);
    }

    private Grid recovery() {
        final Grid grid = new Grid(
                Column.left("loss recovery"),
                Column.left("tcp"),
                Column.right("p50"),
                Column.right("p99"),
                Column.right("max"),
                Column.right("hit"),
                Column.right("extra p50"),
                Column.right("p99"),
                Column.right("theory"),
                Column.leftJoined("over"),
                Column.right("resent"),
                Column.left("valid"));
        fill(
                grid,
                LinkLine.Kind.RECOVERY,
                line -> List.of(
                        line.spec(),
                        line.tcp(),
                        duration(line.figure(LinkLine.P50)),
                        duration(line.figure(LinkLine.P99)),
                        duration(line.figure(LinkLine.MAX)),
                        Figures.percent(line.figure(LinkLine.HIT_SHARE).median()),
                        duration(line.figure(LinkLine.HIT_P50)),
                        duration(line.figure(LinkLine.HIT_P99)),
                        theory(line, duration(line.figure(LinkLine.THEORY))),
                        over(line),
                        Figures.count(line.figure(LinkLine.RESENT).median()),
                        footnotes.validity(line.reasons(), line.remarks())));
        return grid;
    }

    private Grid goodput() {
        final Grid grid = new Grid(
                Column.left("goodput"),
                Column.left("tcp"),
                Column.right("Mbit/s"),
                Column.leftJoined("range"),
                Column.right("theory"),
                Column.leftJoined("over"),
                Column.right("wire"),
                Column.right("resent"),
                Column.right("spurious"),
                Column.left("valid"));
        fill(grid, LinkLine.Kind.GOODPUT, line -> {
            final Summary goodput = line.figure(LinkLine.GOODPUT);
            return List.of(
                    line.spec(),
                    line.tcp(),
                    Figures.significant(goodput.median()),
                    goodput.count() < 2
                            ? ""
                            : Figures.significant(goodput.min()) + '-' + Figures.significant(goodput.max()),
                    theory(
                            line,
                            Figures.significant(line.figure(LinkLine.THEORY).median())),
                    over(line),
                    Figures.significant(line.figure(LinkLine.WIRE).median()),
                    Figures.count(line.figure(LinkLine.RESENT).median()),
                    Figures.count(line.figure(LinkLine.SPURIOUS).median()),
                    footnotes.validity(line.reasons(), line.remarks()));
        });
        return grid;
    }

    private Grid blackout() {
        final Grid grid = new Grid(
                Column.left("blackout"),
                Column.left("tcp"),
                Column.right("first"),
                Column.leftJoined("range"),
                Column.right("recovered"),
                Column.leftJoined("range"),
                Column.right("resent"),
                Column.left("valid"));
        fill(
                grid,
                LinkLine.Kind.BLACKOUT,
                line -> List.of(
                        line.spec(),
                        line.tcp(),
                        duration(line.figure(LinkLine.FIRST)),
                        Figures.durationRange(line.figure(LinkLine.FIRST)),
                        duration(line.figure(LinkLine.RECOVERED)),
                        Figures.durationRange(line.figure(LinkLine.RECOVERED)),
                        Figures.count(line.figure(LinkLine.RESENT).median()),
                        footnotes.validity(line.reasons(), line.remarks())));
        return grid;
    }

    private interface Cells {
        List<String> of(LinkLine line);
    }

    /** A heading for each impairment. */
    private void fill(final Grid grid, final LinkLine.Kind kind, final Cells cells) {
        String heading = "";
        for (final LinkLine line : lines) {
            if (line.kind() == kind) {
                final String title =
                        line.loop().isEmpty() ? line.impairment() : line.loop() + " loop, " + line.impairment();
                if (!title.equals(heading)) {
                    heading = title;
                    grid.addHeading(title);
                }
                grid.add(cells.of(line));
            }
        }
    }

    private static String theory(final LinkLine line, final String value) {
        return line.theory().isEmpty() ? Figures.NONE : value + ' ' + line.theory();
    }

    private static String over(final LinkLine line) {
        final Summary over = line.figure(LinkLine.OVER_THEORY);
        return over.isPresent() ? 'x' + Figures.significant(over.median()) : "";
    }

    private static String duration(final Summary ns) {
        return Figures.duration(ns.median());
    }
}
