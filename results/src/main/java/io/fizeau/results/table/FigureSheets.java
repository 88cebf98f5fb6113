package io.fizeau.results.table;

import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.FigureLine.Kind;
import io.fizeau.results.table.Grid.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What was measured of connections, and of what security adds: a grid for each kind of question. One thread. */
final class FigureSheets {
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final List<FigureLine> lines;
    private final Footnotes footnotes;

    FigureSheets(final List<FigureLine> lines, final Footnotes footnotes) {
        this.lines = List.copyOf(lines);
        this.footnotes = footnotes;
    }

    /** Those that have lines. */
    List<Grid> grids() {
        final List<Grid> grids = new ArrayList<>();
        for (final Kind kind : Kind.values()) {
            final List<FigureLine> of =
                    lines.stream().filter(line -> line.kind() == kind).toList();
            if (!of.isEmpty()) {
                grids.add(grid(of, cells(kind)));
            }
        }
        return grids;
    }

    /** How to read them. */
    List<String> legend() {
        final List<String> legend = new ArrayList<>();
        if (has(Kind.SET_UP) || has(Kind.HANDSHAKES)) {
            legend.add(
                    "new connections: from connect to open at this end, and to the answer to a first message; many at once: new ones, so"
                            + " many being made at any time; cpu, B/op: for each, client/server.");
        }
        if (has(Kind.ECHOED)) {
            legend.add(
                    "echoing connections: one message under way on each; p50, p99: from its send to its answer; memory for each"
                            + " connection: live on the heap + resident outside of it, from 500 connections on.");
        }
        if (has(Kind.FANNED_OUT)) {
            legend.add(
                    "one to many: from the send of a message to the server until the last receiver has it, and until any has.");
        }
        if (has(Kind.SECURED) || has(Kind.SECURED_ONE_WAY)) {
            legend.add(
                    "security: each beside the same transport without, paired by round; adds: to the p50 of a round trip, or to the"
                            + " time for each message of many.");
        }
        return legend;
    }

    private boolean has(final Kind kind) {
        return lines.stream().anyMatch(line -> line.kind() == kind);
    }

    private record Cell(Column column, Function<FigureLine, String> of) {}

    private static List<Cell> cells(final Kind kind) {
        final List<Cell> cells = new ArrayList<>();
        switch (kind) {
            case SET_UP -> {
                left(cells, "new connections", FigureLine::spec);
                right(cells, "open p50", line -> duration(line.figure(FigureLine.OPENED_P50)));
                addTimes(cells, "answer p50");
                addCost(cells);
            }
            case HANDSHAKES -> {
                left(cells, "many at once", FigureLine::spec);
                right(cells, "under way", line -> line.key().param("underWay"));
                addRate(cells, "new/s");
                addTimes(cells, "answer p50");
                addCost(cells);
            }
            case ECHOED -> {
                left(cells, "echoing connections", FigureLine::spec);
                right(cells, "number", FigureSheets::number);
                addRate(cells, "msg/s");
                addTimes(cells, "p50");
                right(cells, "client memory", line -> memory(line, FigureLine.CLIENT_HEAP, FigureLine.CLIENT_OUTSIDE));
                right(cells, "server memory", line -> memory(line, FigureLine.SERVER_HEAP, FigureLine.SERVER_OUTSIDE));
            }
            case FANNED_OUT -> {
                left(cells, "one to many", FigureLine::spec);
                right(cells, "receivers", line -> line.key().param("receivers"));
                addTimes(cells, "last p50");
                right(cells, "any p50", line -> duration(line.figure(FigureLine.COPY_P50)));
                addCost(cells);
            }
            case SECURED -> {
                left(cells, "security, round trip", FigureLine::spec);
                addTimes(cells, "p50");
                addAgainst(cells);
            }
            case SECURED_ONE_WAY -> {
                left(cells, "security, one way", FigureLine::spec);
                addRate(cells, "msg/s");
                right(
                        cells,
                        "MB/s",
                        line -> Figures.significant(line.figure(FigureLine.RATE).median()
                                * line.key().number("messageBytes")
                                / BYTES_PER_MEGABYTE));
                addAgainst(cells);
            }
        }
        return cells;
    }

    /** How many connections, and of how many client threads if of several. */
    private static String number(final FigureLine line) {
        final String connections = line.key().param("connections");
        return line.key().number(FigureLines.CLIENT_THREADS) > 1
                ? connections + " of " + line.key().param(FigureLines.CLIENT_THREADS) + " threads"
                : connections;
    }

    private static void addTimes(final List<Cell> cells, final String p50) {
        right(cells, p50, line -> duration(line.figure(FigureLine.P50)));
        joined(cells, "range", line -> Figures.durationRange(line.figure(FigureLine.P50)));
        right(cells, "p99", line -> duration(line.figure(FigureLine.P99)));
    }

    private static void addRate(final List<Cell> cells, final String heading) {
        right(cells, heading, line -> Figures.count(line.figure(FigureLine.RATE).median()));
        joined(cells, "range", line -> Figures.countRange(line.figure(FigureLine.RATE)));
    }

    private static void addCost(final List<Cell> cells) {
        right(
                cells,
                "cpu",
                line -> duration(line.figure(FigureLine.CLIENT_CPU))
                        + '/'
                        + duration(line.figure(FigureLine.SERVER_CPU)));
        right(cells, "B/op", FigureSheets::allocation);
    }

    private static void addAgainst(final List<Cell> cells) {
        right(cells, "adds", line -> duration(line.figure(FigureLine.ADDED)));
        joined(cells, "range", line -> Figures.durationRange(line.figure(FigureLine.ADDED)));
        right(cells, "ratio", line -> Figures.significant(line.ratio().ratio()));
        joined(cells, "95 %", FigureSheets::interval);
        left(cells, "to", line -> line.against().isEmpty() ? Figures.NONE : line.against());
        right(cells, "B/op", FigureSheets::allocation);
    }

    private static String interval(final FigureLine line) {
        final PairedRatio ratio = line.ratio();
        return Double.isNaN(ratio.low()) ? "" : Figures.interval(ratio.low(), ratio.high(), ratio.ratio());
    }

    private static String allocation(final FigureLine line) {
        return Figures.bytesPerOp(line.figure(FigureLine.CLIENT_ALLOCATED).median())
                + '/'
                + Figures.bytesPerOp(line.figure(FigureLine.SERVER_ALLOCATED).median());
    }

    private static String memory(final FigureLine line, final String heap, final String outside) {
        final Summary onHeap = line.figure(heap);
        return onHeap.isPresent()
                ? Figures.count(onHeap.median()) + " + "
                        + Figures.count(line.figure(outside).median()) + " B"
                : Figures.NONE;
    }

    private static String duration(final Summary ns) {
        return Figures.duration(ns.median());
    }

    private static void left(final List<Cell> cells, final String heading, final Function<FigureLine, String> of) {
        cells.add(new Cell(Column.left(heading), of));
    }

    private static void right(final List<Cell> cells, final String heading, final Function<FigureLine, String> of) {
        cells.add(new Cell(Column.right(heading), of));
    }

    private static void joined(final List<Cell> cells, final String heading, final Function<FigureLine, String> of) {
        cells.add(new Cell(Column.leftJoined(heading), of));
    }

    /** A heading for each size and regime. */
    private Grid grid(final List<FigureLine> of, final List<Cell> cells) {
        final List<Column> columns =
                new ArrayList<>(cells.stream().map(Cell::column).toList());
        columns.add(Column.left("valid"));
        final Grid grid = new Grid(columns.toArray(Column[]::new));
        String heading = "";
        for (final FigureLine line : of) {
            final String title = line.key().param("messageBytes") + " B, " + line.regime();
            if (!title.equals(heading)) {
                heading = title;
                grid.addHeading(title);
            }
            final List<String> texts = new ArrayList<>(
                    cells.stream().map(cell -> cell.of().apply(line)).toList());
            texts.add(footnotes.validity(line.reasons(), line.remarks()));
            grid.add(texts);
        }
        return grid;
    }
}
