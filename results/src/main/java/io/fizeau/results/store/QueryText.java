package io.fizeau.results.store;

import io.fizeau.results.table.Grid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer on one screen: what does not fit is left out, and said. One thread; not reusable. */
final class QueryText implements StoreQuery.Answer {
    /** Wider cells are cut, the more the narrower the terminal is. */
    private static final List<Integer> WIDEST_CELLS = List.of(60, 40, 28);

    private static final int GAP = 2;

    private final int mostLines;
    private final int screenColumns;
    private final List<String> names = new ArrayList<>();
    private final List<List<@Nullable Object>> shown = new ArrayList<>();
    private long count;

    QueryText(final int mostLines, final int screenColumns) {
        this.mostLines = mostLines;
        this.screenColumns = screenColumns;
    }

    @Override
    public void columns(final List<String> columns) {
        names.addAll(columns);
    }

    @Override
    public void line(final List<@Nullable Object> values) {
        count++;
        if (mostLines == 0 || count <= mostLines) {
            shown.add(values);
        }
    }

    /** {@return the table, and what it leaves out} */
    List<String> lines() {
        int fitting = 0;
        int widest = 0;
        for (final int candidate : WIDEST_CELLS) {
            widest = candidate;
            fitting = fitting(candidate);
            if (fitting == names.size()) {
                break;
            }
        }
        final Grid grid = new Grid(columns(fitting));
        for (final List<@Nullable Object> values : shown) {
            final List<String> cells = new ArrayList<>();
            for (int i = 0; i < fitting; i++) {
                cells.add(cut(QueryValues.shown(values.get(i)), widest));
            }
            grid.add(cells);
        }
        final List<String> lines = new ArrayList<>(grid.text());
        lines.add(footer(fitting));
        return lines;
    }

    private String footer(final int fitting) {
        final StringBuilder text = new StringBuilder("(");
        text.append(count > shown.size() ? shown.size() + " of " + count : count)
                .append(count == 1 ? " line" : " lines");
        if (fitting < names.size()) {
            text.append(", ")
                    .append(fitting)
                    .append(" of ")
                    .append(names.size())
                    .append(" columns");
        }
        text.append(
                count > shown.size()
                        ? "; --limit 0 or --format csv for all)"
                        : fitting < names.size() ? "; --format csv for all)" : ")");
        return text.toString();
    }

    private Grid.Column[] columns(final int fitting) {
        final Grid.Column[] columns = new Grid.Column[fitting];
        for (int i = 0; i < fitting; i++) {
            columns[i] = isNumeric(i) ? Grid.Column.right(names.get(i)) : Grid.Column.left(names.get(i));
        }
        return columns;
    }

    private boolean isNumeric(final int column) {
        return shown.stream().anyMatch(values -> QueryValues.isNumber(values.get(column)));
    }

    /** How many columns, from the left, the screen holds; at least one. */
    private int fitting(final int widest) {
        int used = -GAP;
        for (int i = 0; i < names.size(); i++) {
            int width = names.get(i).length();
            for (final List<@Nullable Object> values : shown) {
                width = Math.max(
                        width, cut(QueryValues.shown(values.get(i)), widest).length());
            }
            used += GAP + width;
            if (used > screenColumns) {
                return Math.max(1, i);
            }
        }
        return names.size();
    }

    private static String cut(final String text, final int widest) {
        return text.length() <= widest ? text : text.substring(0, widest - 1) + '\u2026';
    }
}
