package io.fizeau.results.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table for a terminal: plain ASCII, running text within {@value Wrapping#WIDTH} columns. */
final class TextRendering {
    private TextRendering() {}

    static String render(final RunTable table) {
        final Headlines head = new Headlines(table);
        final Sheets sheets = new Sheets(table);
        final List<String> out = new ArrayList<>();
        out.addAll(Wrapping.wrapped("", head.title()));
        for (final Map.Entry<String, String> line : head.lines().entrySet()) {
            out.addAll(Wrapping.wrapped(line.getKey(), line.getValue()));
        }
        out.add("");
        if (!table.groups().isEmpty()) {
            out.addAll(sheets.transports().text());
        }
        if (!table.open().isEmpty()) {
            if (!table.groups().isEmpty()) {
                out.add("");
            }
            out.addAll(sheets.open().text());
        }
        boolean isFirst = table.groups().isEmpty() && table.open().isEmpty();
        for (final Grid grid : sheets.suites()) {
            if (!isFirst) {
                out.add("");
            }
            isFirst = false;
            out.addAll(grid.text());
        }
        if (!table.others().isEmpty()) {
            if (!isFirst) {
                out.add("");
            }
            out.addAll(sheets.others().text());
        }
        out.add("");
        sheets.notes().forEach(note -> out.addAll(Wrapping.wrapped("", note)));
        named(out, "left out", sheets.leftOut());
        named(out, "unread", table.run().problems());
        named(out, "promises", sheets.promises());
        if (!table.groups().isEmpty()
                || !table.open().isEmpty()
                || !table.links().isEmpty()
                || !table.figures().isEmpty()) {
            named(out, "legend", sheets.legend());
        }
        out.add("run       " + table.run().location());
        return String.join("\n", out) + '\n';
    }

    /** The name stands before the first line only. */
    private static void named(final List<String> out, final String name, final List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                out.addAll(Wrapping.wrapped(i == 0 ? name : " ", lines.get(i)));
            }
        }
    }
}
