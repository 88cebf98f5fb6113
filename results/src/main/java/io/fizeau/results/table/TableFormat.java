package io.fizeau.results.table;

/** The forms in which a table can be had. */
public enum TableFormat {
    /** For a terminal. */
    TEXT,
    /** For a notebook. */
    CSV,
    /** For a program. */
    JSON,
    /** For a README. */
    MARKDOWN;

    /**
     * {@return the table in this form, ending in a line break}
     *
     * @param table any table.
     */
    public String render(final RunTable table) {
        return switch (this) {
            case TEXT -> TextRendering.render(table);
            case CSV -> CsvRendering.render(table);
            case JSON -> JsonRendering.render(table);
            case MARKDOWN -> MarkdownRendering.render(table);
        };
    }

    /**
     * {@return the table of a sweep in this form, ending in a line break}
     *
     * @param table latency against load.
     */
    public String render(final SweepTable table) {
        return switch (this) {
            case TEXT -> SweepTextRendering.render(table);
            case CSV -> SweepCsvRendering.render(table);
            case JSON -> SweepJsonRendering.render(table);
            case MARKDOWN -> SweepTextRendering.renderMarkdown(table);
        };
    }
}
