package io.fizeau.results.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cells in columns, with lines of running text between them. The first column is aligned to the left and the others as their
 * heading asks. One thread; not reusable.
 */
public final class Grid {
    private final List<Column> columns;
    private final List<List<String>> lines = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param columns from the left.
     */
    public Grid(final Column... columns) {
        this.columns = List.of(columns);
    }

    /**
     * Adds a line.
     *
     * @param cells one for each column.
     */
    public void add(final List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        lines.add(List.copyOf(cells));
    }

    /**
     * Adds a line across all columns; it widens none.
     *
     * @param text of the line.
     */
    public void addHeading(final String text) {
        lines.add(List.of(text));
    }

    /** {@return the columns from the left} */
    public List<Column> columns() {
        return columns;
    }

    /** {@return its lines from the top: a cell for each column, or a single one, which stands across all of them} */
    public List<List<String>> lines() {
        return List.copyOf(lines);
    }

    /** {@return it as plain text, a heading line first, each column as wide as its widest cell} */
    public List<String> text() {
        final int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).heading().length();
        }
        for (final List<String> cells : lines) {
            for (int i = 0; cells.size() > 1 && i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        final List<String> text = new ArrayList<>();
        text.add(aligned(columns.stream().map(Column::heading).toList(), widths));
        lines.forEach(cells -> text.add(cells.size() == 1 ? cells.get(0) : aligned(cells, widths)));
        return text;
    }

    private String aligned(final List<String> cells, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            final Column column = columns.get(i);
            final String padding = " ".repeat(widths[i] - cells.get(i).length());
            if (i > 0) {
                line.append(column.joined() ? " " : "  ");
            }
            line.append(column.left() ? cells.get(i) + padding : padding + cells.get(i));
        }
        return line.toString().stripTrailing();
    }

    /** {@return it as a Markdown table; a heading stands bold in the first cell of a row of its own} */
    public List<String> markdown() {
        final List<String> text = new ArrayList<>();
        text.add(row(columns.stream().map(Column::heading).toList()));
        text.add(row(columns.stream().map(c -> c.left() ? ":--" : "--:").toList()));
        for (final List<String> cells : lines) {
            if (cells.size() > 1) {
                text.add(row(cells));
            } else {
                final String[] heading = new String[columns.size()];
                Arrays.fill(heading, "");
                heading[0] = "**" + cells.get(0) + "**";
                text.add(row(List.of(heading)));
            }
        }
        return text;
    }

    private static String row(final List<String> cells) {
        return "| "
                + String.join(
                        " | ",
                        cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }

    /**
     * A column.
     *
     * @param heading its first line.
     * @param left aligned to the left; otherwise to the right.
     * @param joined belongs to the column before it: one space between them and not two.
     */
    public record Column(String heading, boolean left, boolean joined) {
        /**
         * {@return a column aligned to the left}
         *
         * @param heading its first line.
         */
        public static Column left(final String heading) {
            return new Column(heading, true, false);
        }

        /**
         * {@return a column aligned to the right}
         *
         * @param heading its first line.
         */
        public static Column right(final String heading) {
            return new Column(heading, false, false);
        }

        /**
         * {@return a column aligned to the left, close to the one before it}
         *
         * @param heading its first line.
         */
        public static Column leftJoined(final String heading) {
            return new Column(heading, true, true);
        }

        /**
         * {@return a column aligned to the right, close to the one before it}
         *
         * @param heading its first line.
         */
        public static Column rightJoined(final String heading) {
            return new Column(heading, false, true);
        }
    }
}
