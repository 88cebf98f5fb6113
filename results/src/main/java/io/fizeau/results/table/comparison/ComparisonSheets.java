package io.fizeau.results.table.comparison;

import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.table.Grid;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code fizeau compare} says, in parts, for whoever lays it out otherwise than as text: all lines, the worst first.
 *
 * @param title both sides and how they were measured.
 * @param shared what all rows have in common; may be empty.
 * @param grid the verdicts.
 * @param notes footnotes, each starting with the number that a cell refers to.
 * @param summary which rows only one side has, how many lines have which verdict, and what would make them decide.
 * @param legend how to read the columns.
 */
public record ComparisonSheets(
        String title, String shared, Grid grid, List<String> notes, List<String> summary, List<String> legend) {
    /** Copies the lists. */
    public ComparisonSheets {
        notes = List.copyOf(notes);
        summary = List.copyOf(summary);
        legend = List.copyOf(legend);
    }

    /**
     * {@return the parts of a comparison}
     *
     * @param comparison two sides.
     */
    public static ComparisonSheets of(final RunComparison comparison) {
        final ComparisonSheet sheet = new ComparisonSheet(comparison, Integer.MAX_VALUE, Integer.MAX_VALUE);
        final List<String> summary = new ArrayList<>(sheet.onOneSide());
        summary.addAll(sheet.summary());
        return new ComparisonSheets(
                sheet.title(), sheet.shared(), sheet.grid(), sheet.notes(), summary, sheet.legend());
    }
}
