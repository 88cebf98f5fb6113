package io.fizeau.results.table.comparison;

import io.fizeau.results.aa.AaReport;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.table.TableFormat;

/** Writes a comparison, also of a machine with itself. Stateless. */
public final class ComparisonTables {
    /** As many lines as fit on a screen with what stands around them. */
    public static final int ONE_SCREEN = 20;

    private ComparisonTables() {}

    /**
     * {@return the comparison in this form, ending in a line break}
     *
     * @param format any.
     * @param comparison two sides.
     * @param most how many lines the text has at most; the other forms have all.
     */
    public static String render(final TableFormat format, final RunComparison comparison, final int most) {
        return switch (format) {
            case TEXT -> ComparisonText.render(comparison, most);
            case CSV -> ComparisonCsv.render(comparison);
            case JSON -> ComparisonJson.render(comparison);
            case MARKDOWN -> ComparisonText.renderMarkdown(comparison);
        };
    }

    /**
     * {@return a machine beside itself in this form, ending in a line break}
     *
     * @param format any; CSV has a line for each measure of each row, JSON also the rates.
     * @param report of two interleaved sides.
     * @param most how many lines the text has at most; the other forms have all.
     */
    public static String render(final TableFormat format, final AaReport report, final int most) {
        return switch (format) {
            case TEXT -> AaSheet.text(report, most);
            case CSV -> AaFiles.csv(report);
            case JSON -> AaFiles.json(report);
            case MARKDOWN -> AaSheet.markdown(report);
        };
    }
}
