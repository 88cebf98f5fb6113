package io.fizeau.results.history;

import io.fizeau.results.csv.Csv;
import io.fizeau.results.run.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Histories for a notebook: a line for each run of each row. Stateless. */
final class HistoryCsv {
    private static final List<String> HEADER = List.of(
            "benchmark",
            "transport",
            "message_bytes",
            "rate",
            "impair",
            "params",
            "metric",
            "unit",
            "better",
            "run",
            "label",
            "started_at",
            "commit",
            "value",
            "low",
            "high",
            "forks",
            "valid",
            "reasons",
            "machine_changes",
            "change_p",
            "change_before",
            "change_after",
            "change_ratio",
            "change_machine");

    private HistoryCsv() {}

    static String render(final Histories histories) {
        final List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        for (final History history : histories.rows()) {
            for (int i = 0; i < history.points().size(); i++) {
                lines.add(line(history, i));
            }
        }
        return Csv.lines(lines);
    }

    private static List<String> line(final History history, final int index) {
        final RowKey row = history.row();
        final HistoryPoint point = history.points().get(index);
        final List<String> cells = new ArrayList<>(List.of(
                row.simpleName(),
                row.param("transport"),
                row.param("messageBytes"),
                Csv.number(row.number("rate")),
                row.param("impair"),
                params(row),
                history.measure().name(),
                history.measure().unit(),
                history.measure().better().name().toLowerCase(Locale.ROOT),
                point.run(),
                point.label(),
                point.startedAt(),
                point.commit()));
        cells.addAll(Csv.numbers(
                point.value().median(),
                point.value().min(),
                point.value().max(),
                point.value().count()));
        cells.add(Boolean.toString(point.validity().isValid()));
        cells.add(String.join("; ", point.validity().reasons()));
        cells.add(String.join("; ", point.machineChanges()));
        cells.addAll(history.changes().stream()
                .filter(change -> change.point() == index)
                .findFirst()
                .map(HistoryCsv::change)
                .orElse(List.of("", "", "", "", "")));
        return cells;
    }

    private static List<String> change(final ChangePoint change) {
        final List<String> cells =
                new ArrayList<>(Csv.numbers(change.pValue(), change.before(), change.after(), change.ratio()));
        cells.add(String.join("; ", change.machineChanges()));
        return cells;
    }

    private static String params(final RowKey row) {
        return row.params().entrySet().stream()
                .map(e -> e.getKey() + '=' + e.getValue())
                .collect(Collectors.joining(";"));
    }
}
