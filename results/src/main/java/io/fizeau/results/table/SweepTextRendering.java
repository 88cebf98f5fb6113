package io.fizeau.results.table;

import java.util.ArrayList;
import java.util.List;

/** A sweep's table for a terminal, one screen for each transport, and for a README. */
final class SweepTextRendering {
    private SweepTextRendering() {}

    static String render(final SweepTable table) {
        final SweepSheets sheets = new SweepSheets(table);
        final List<String> out = new ArrayList<>(Wrapping.wrapped("", sheets.title()));
        sheets.headlines().forEach((name, text) -> out.addAll(Wrapping.wrapped(name, text)));
        for (final SweepTable.Curve curve : table.curves()) {
            out.add("");
            out.add(curve.title());
            out.addAll(sheets.grid(curve).text());
            out.addAll(Wrapping.wrapped("highest", sheets.edge(curve)));
        }
        out.add("");
        sheets.notes().forEach(note -> out.addAll(Wrapping.wrapped("", note)));
        out.addAll(Wrapping.wrapped("legend", sheets.legend()));
        out.add("run       " + table.run().location());
        return String.join("\n", out) + '\n';
    }

    static String renderMarkdown(final SweepTable table) {
        final SweepSheets sheets = new SweepSheets(table);
        final List<String> out = new ArrayList<>(List.of("**" + sheets.title() + "**", ""));
        sheets.headlines().forEach((name, text) -> out.add("- " + name + ": " + text));
        for (final SweepTable.Curve curve : table.curves()) {
            out.addAll(List.of("", "**" + curve.title() + "**", ""));
            out.addAll(sheets.grid(curve).markdown());
            out.addAll(List.of("", "- highest: " + sheets.edge(curve)));
        }
        sheets.notes().forEach(note -> out.add("- " + note));
        out.add("- " + sheets.legend());
        out.add("- run: `" + table.run().location() + "`");
        return String.join("\n", out) + '\n';
    }
}
