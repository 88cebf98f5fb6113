package io.fizeau.results.table;

import java.util.ArrayList;
import java.util.List;

/** The table for a README or an issue: GitHub's Markdown. */
final class MarkdownRendering {
    private MarkdownRendering() {}

    static String render(final RunTable table) {
        final Headlines head = new Headlines(table);
        final Sheets sheets = new Sheets(table);
        final List<String> out = new ArrayList<>();
        out.add("**" + head.title() + "**");
        out.add("");
        head.lines().forEach((name, text) -> out.add("- " + name + ": " + text));
        if (!table.groups().isEmpty()) {
            out.add("");
            out.addAll(sheets.transports().markdown());
        }
        if (!table.open().isEmpty()) {
            out.add("");
            out.addAll(sheets.open().markdown());
        }
        for (final Grid grid : sheets.suites()) {
            out.add("");
            out.addAll(grid.markdown());
        }
        if (!table.others().isEmpty()) {
            out.add("");
            out.addAll(sheets.others().markdown());
        }
        out.add("");
        sheets.notes().forEach(note -> out.add("- " + note));
        sheets.leftOut().forEach(line -> out.add("- left out: " + line));
        table.run().problems().forEach(line -> out.add("- unread: " + line));
        sheets.promises().forEach(line -> out.add("- promises: " + line));
        if (!table.groups().isEmpty()
                || !table.open().isEmpty()
                || !table.links().isEmpty()
                || !table.figures().isEmpty()) {
            sheets.legend().stream().filter(line -> !line.isEmpty()).forEach(line -> out.add("- " + line));
        }
        out.add("- run: `" + table.run().location() + "`");
        return String.join("\n", out) + '\n';
    }
}
