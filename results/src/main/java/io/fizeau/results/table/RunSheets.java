package io.fizeau.results.table;

import io.fizeau.results.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code fizeau show} says of a run, in parts, for whoever lays it out otherwise than as text: the same cells, the same words.
 *
 * @param title the run in one line.
 * @param headlines what stands above the tables, by name: when, where, on what.
 * @param sheets the tables, in order.
 * @param notes footnotes; those of a run start with the number that a cell refers to.
 * @param lists what stands below, by name: what was left out or could not be read, promises, how to read the columns.
 */
public record RunSheets(
        String title,
        Map<String, String> headlines,
        List<Sheet> sheets,
        List<String> notes,
        Map<String, List<String>> lists) {
    /** Copies the collections. */
    public RunSheets {
        headlines = Collections.unmodifiableMap(new LinkedHashMap<>(headlines));
        sheets = List.copyOf(sheets);
        notes = List.copyOf(notes);
        lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
    }

    /**
     * One table.
     *
     * @param title what stands above it, may be empty.
     * @param grid its cells.
     * @param below what stands below it, may be empty.
     */
    public record Sheet(String title, Grid grid, String below) {}

    /**
     * {@return the parts of what is shown of a run, latency against load if it was a sweep}
     *
     * @param run any run that could be read.
     */
    public static RunSheets of(final Run run) {
        return run.manifest().sweep().isPresent() ? of(SweepTable.of(run)) : of(RunTable.of(run));
    }

    private static RunSheets of(final RunTable table) {
        final Headlines head = new Headlines(table);
        final Sheets sheets = new Sheets(table);
        final List<Sheet> grids = new ArrayList<>();
        if (!table.groups().isEmpty()) {
            grids.add(new Sheet("", sheets.transports(), ""));
        }
        if (!table.open().isEmpty()) {
            grids.add(new Sheet("", sheets.open(), ""));
        }
        sheets.suites().forEach(grid -> grids.add(new Sheet("", grid, "")));
        if (!table.others().isEmpty()) {
            grids.add(new Sheet("", sheets.others(), ""));
        }
        final Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("left out", sheets.leftOut());
        lists.put("unread", table.run().problems());
        lists.put("promises", sheets.promises());
        if (!table.groups().isEmpty()
                || !table.open().isEmpty()
                || !table.links().isEmpty()
                || !table.figures().isEmpty()) {
            lists.put(
                    "legend",
                    sheets.legend().stream().filter(line -> !line.isEmpty()).toList());
        }
        return new RunSheets(head.title(), head.lines(), grids, sheets.notes(), lists);
    }

    private static RunSheets of(final SweepTable table) {
        final SweepSheets sheets = new SweepSheets(table);
        final List<Sheet> grids = table.curves().stream()
                .map(curve -> new Sheet(curve.title(), sheets.grid(curve), "highest: " + sheets.edge(curve)))
                .toList();
        return new RunSheets(
                sheets.title(), sheets.headlines(), grids, sheets.notes(), Map.of("legend", List.of(sheets.legend())));
    }
}
