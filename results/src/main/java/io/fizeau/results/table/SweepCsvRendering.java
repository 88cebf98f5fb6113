package io.fizeau.results.table;

import io.fizeau.results.csv.Csv;
import java.util.ArrayList;
import java.util.List;

/** A sweep's table for a notebook: a line for each transport and rate; RFC 4180, nanoseconds, rates per second. */
final class SweepCsvRendering {
    private static final List<String> HEADER = List.of(
            "label",
            "complete",
            "transport",
            "regime",
            "message_bytes",
            "variant",
            "offered_per_s",
            "sent_per_s",
            "p50_ns",
            "p99_ns",
            "p999_ns",
            "lateness_p99_ns",
            "held",
            "failed",
            "unclear",
            "holds",
            "why",
            "highest_held_per_s",
            "lowest_failed_per_s",
            "state",
            "doubts",
            "valid",
            "reasons");

    private SweepCsvRendering() {}

    static String render(final SweepTable table) {
        final List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        table.curves().forEach(curve -> curve.points().forEach(point -> lines.add(line(table, curve, point))));
        return Csv.lines(lines);
    }

    private static List<String> line(
            final SweepTable table, final SweepTable.Curve curve, final SweepTable.Point point) {
        final List<String> cells = new ArrayList<>(List.of(
                table.run().manifest().label(),
                Boolean.toString(table.run().manifest().complete()),
                curve.spec(),
                curve.regime(),
                curve.messageBytes(),
                curve.variant()));
        cells.addAll(Csv.numbers(
                point.ratePerSecond(),
                point.achievedPerSecond().median(),
                point.p50Ns().median(),
                point.p99Ns().median(),
                point.p999Ns().median(),
                point.latenessP99Ns().median(),
                point.held(),
                point.failed(),
                point.unclear()));
        cells.add(point.word());
        cells.add(String.join("; ", point.whys()));
        cells.addAll(Csv.numbers(curve.highestPerSecond(), curve.edge().failedPerSecond()));
        cells.add(curve.edge().state());
        cells.add(String.join("; ", curve.doubts()));
        cells.add(Boolean.toString(point.validity().isValid()));
        cells.add(String.join("; ", point.validity().reasons()));
        return cells;
    }
}
