package io.fizeau.results.table.comparison;

import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.table.TableFormat;

/** Writes a comparison. Stateless. */
public final class ComparisonTables {
    /** As many lines as fit on a screen with what stands around them. */
    public static final int ONE_SCREEN = 24;

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
}
