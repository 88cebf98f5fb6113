package io.fizeau.results.table;

import static io.fizeau.results.csv.Csv.numbers;

import io.fizeau.results.compare.Comparison;
import io.fizeau.results.csv.Csv;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table for a notebook: RFC 4180, one line per line of the table, per other row and per transport left out, whole numbers of digits, an empty
 * field where there is no number. Times in nanoseconds, rates per second.
 */
final class CsvRendering {
    private static final List<String> HEADER = List.of(
            "label",
            "complete",
            "row",
            "transport",
            "regime",
            "message_bytes",
            "params",
            "p50_ns",
            "p50_min_ns",
            "p50_max_ns",
            "p99_ns",
            "forks",
            "reference",
            "ratio",
            "ratio_low",
            "ratio_high",
            "pairs",
            "p_value",
            "p_holm",
            "p_wilcoxon",
            "detectable",
            "verdict",
            "gathered_per_s",
            "each_per_s",
            "mb_per_s",
            "client_bytes_per_op",
            "server_bytes_per_op",
            "valid",
            "reasons",
            "remarks",
            "guarantees",
            "offered_rate",
            "sent_per_s",
            "p999_ns",
            "max_ns",
            "lateness_p99_ns",
            "due",
            "missing",
            "link_figures");

    /** At the end of each line, filled only in those of the open loop and of suites with figures of their own. */
    private static final int OPEN_LOOP_FIELDS = 8;

    private CsvRendering() {}

    static String render(final RunTable table) {
        final List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        table.floors().forEach(line -> lines.add(transport(table.run(), "floor", "", line)));
        table.groups()
                .forEach(group -> group.lines()
                        .forEach(line -> lines.add(transport(table.run(), "transport", group.regime(), line))));
        table.open().forEach(line -> lines.add(open(table.run(), line)));
        table.links().forEach(line -> lines.add(link(table.run(), line)));
        table.figures().forEach(line -> lines.add(figures(table.run(), line)));
        table.others().forEach(line -> lines.add(other(table.run(), line)));
        table.leftOut().forEach(left -> lines.add(leftOut(table.run(), left)));
        return Csv.lines(lines);
    }

    private static List<String> transport(
            final Run run, final String kind, final String regime, final TransportLine line) {
        final List<String> cells = start(run, kind, line.spec(), regime, line.messageBytes(), "");
        cells.addAll(times(line.p50Ns(), line.p99Ns(), line.p50Ns().count()));
        if (line.comparison().isPresent()) {
            final Comparison c = line.comparison().get();
            final PairedRatio r = c.ratio();
            cells.add(c.reference().param("transport"));
            cells.addAll(numbers(
                    r.ratio(),
                    r.low(),
                    r.high(),
                    r.pairs(),
                    r.pValue(),
                    c.holmP(),
                    r.wilcoxonP(),
                    r.detectableEffect()));
            cells.add(c.verdict().name());
        } else {
            cells.addAll(empty(10));
        }
        cells.addAll(numbers(
                line.gatheredPerSecond().median(),
                line.eachPerSecond().median(),
                line.megabytesPerSecond(),
                line.clientBytesPerOp().median(),
                line.serverBytesPerOp().median()));
        cells.addAll(end(line.reasons(), line.remarks(), line.guarantees()));
        cells.addAll(empty(OPEN_LOOP_FIELDS));
        return cells;
    }

    private static List<String> open(final Run run, final OpenLine line) {
        final List<String> cells =
                start(run, "open loop", line.spec(), line.regime(), line.messageBytes(), line.variant());
        cells.addAll(times(line.p50Ns(), line.p99Ns(), line.achievedPerSecond().count()));
        cells.addAll(empty(15));
        cells.addAll(end(line.reasons(), line.remarks(), List.of()));
        cells.add(line.rate());
        cells.addAll(numbers(
                line.achievedPerSecond().median(),
                line.p999Ns().median(),
                line.maxNs().median(),
                line.latenessP99Ns().median(),
                line.due(),
                line.missing()));
        cells.add("");
        return cells;
    }

    /** Figures by name, because each kind of question has its own. */
    private static List<String> link(final Run run, final LinkLine line) {
        final List<String> cells = start(
                run, line.key().simpleName(), line.spec(), "", line.key().param("messageBytes"), params(line.key()));
        cells.addAll(times(
                line.figure(LinkLine.P50),
                line.figure(LinkLine.P99),
                line.figures().values().stream().mapToInt(Summary::count).max().orElse(0)));
        cells.addAll(empty(15));
        cells.addAll(end(line.reasons(), line.remarks(), List.of()));
        cells.addAll(empty(OPEN_LOOP_FIELDS - 1));
        cells.add(named(line.figures()));
        return cells;
    }

    private static List<String> figures(final Run run, final FigureLine line) {
        final List<String> cells = start(
                run,
                line.key().simpleName(),
                line.spec(),
                line.regime(),
                line.key().param("messageBytes"),
                params(line.key()));
        cells.addAll(times(
                line.figure(FigureLine.P50),
                line.figure(FigureLine.P99),
                line.figures().values().stream().mapToInt(Summary::count).max().orElse(0)));
        final PairedRatio r = line.ratio();
        cells.add(line.against());
        cells.addAll(numbers(r.ratio(), r.low(), r.high(), r.pairs()));
        cells.addAll(empty(10));
        cells.addAll(end(line.reasons(), line.remarks(), List.of()));
        cells.addAll(empty(OPEN_LOOP_FIELDS - 1));
        cells.add(named(line.figures()));
        return cells;
    }

    private static String named(final Map<String, Summary> figures) {
        return figures.entrySet().stream()
                .filter(e -> e.getValue().isPresent())
                .map(e -> e.getKey() + '=' + numbers(e.getValue().median()).get(0))
                .collect(Collectors.joining(";"));
    }

    private static String params(final RowKey key) {
        return key.params().entrySet().stream()
                .map(e -> e.getKey() + '=' + e.getValue())
                .collect(Collectors.joining(";"));
    }

    private static List<String> other(final Run run, final OtherLine line) {
        final List<String> cells = start(
                run,
                line.key().simpleName(),
                line.key().param("transport"),
                "",
                line.key().param("messageBytes"),
                params(line.key()));
        cells.addAll(times(line.timeNs(), line.p99Ns(), line.forks()));
        cells.addAll(empty(10));
        cells.addAll(numbers(line.perSecond().median()));
        cells.addAll(empty(4));
        cells.addAll(end(line.reasons(), line.remarks(), List.of()));
        cells.addAll(empty(OPEN_LOOP_FIELDS));
        return cells;
    }

    private static List<String> leftOut(final Run run, final Manifest.LeftOut left) {
        final List<String> cells = start(run, "left out", left.spec(), "", "", "");
        cells.addAll(empty(HEADER.size() - cells.size() - 4 - OPEN_LOOP_FIELDS));
        cells.addAll(List.of("NOT_MEASURED", left.reason(), "", ""));
        cells.addAll(empty(OPEN_LOOP_FIELDS));
        return cells;
    }

    private static List<String> start(
            final Run run,
            final String row,
            final String transport,
            final String regime,
            final String messageBytes,
            final String params) {
        return new ArrayList<>(List.of(
                run.manifest().label(),
                Boolean.toString(run.manifest().complete()),
                row,
                transport,
                regime,
                messageBytes,
                params));
    }

    private static List<String> times(final Summary p50Ns, final Summary p99Ns, final int forks) {
        return numbers(p50Ns.median(), p50Ns.min(), p50Ns.max(), p99Ns.median(), forks);
    }

    private static List<String> end(
            final List<String> reasons, final List<String> remarks, final List<String> guarantees) {
        return List.of(
                reasons.isEmpty() ? "VALID" : "INVALID",
                String.join("; ", reasons),
                String.join("; ", remarks),
                String.join(" ", guarantees));
    }

    private static List<String> empty(final int count) {
        return Stream.generate(() -> "").limit(count).toList();
    }
}
