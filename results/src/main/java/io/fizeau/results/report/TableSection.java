package io.fizeau.results.report;

import io.fizeau.results.run.Run;
import io.fizeau.results.table.RunSheets;

/** What {@code fizeau show} says of a run. Stateless. */
final class TableSection {
    private TableSection() {}

    static void write(final PageBuilder page, final Run run, final RunSheets sheets) {
        if (!run.manifest().complete()) {
            page.warning("INCOMPLETE: "
                    + (run.manifest().incompleteReason().isEmpty()
                            ? "the run was stopped"
                            : run.manifest().incompleteReason()));
        }
        page.definitions(sheets.headlines());
        for (final RunSheets.Sheet sheet : sheets.sheets()) {
            if (!sheet.title().isEmpty()) {
                page.subtitle(sheet.title());
            }
            page.grid(sheet.grid());
            page.paragraph(sheet.below());
        }
        page.notes(sheets.notes());
        sheets.lists().forEach((name, lines) -> {
            if (!lines.isEmpty()) {
                page.subtitle(name);
                page.list(lines);
            }
        });
    }
}
