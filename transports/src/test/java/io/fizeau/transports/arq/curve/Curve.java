package io.fizeau.transports.arq.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Formulas and measurements at some losses.
 *
 * @param name of its files.
 * @param title what it shows.
 * @param yName what is measured, with its unit.
 * @param yMax the top of the chart.
 * @param decades of the chart's y axis where that is logarithmic, else 0.
 * @param digits behind the point.
 * @param columns what is in it, beside the loss.
 * @param rows the loss and a value for each column.
 */
record Curve(
        String name,
        String title,
        String yName,
        double yMax,
        int decades,
        int digits,
        List<Column> columns,
        List<double[]> rows) {
    /** What a column holds. */
    enum Kind {
        /** The link's, not drawn. */
        NOTE,
        THEORY,
        /** A machine as in the textbook, without packets. */
        IDEAL,
        MEASURED
    }

    /** A column. */
    record Column(String name, Kind kind) {}

    /** A curve without rows. */
    static Curve of(
            final String name,
            final String title,
            final String yName,
            final double yMax,
            final int digits,
            final Column... columns) {
        return new Curve(name, title, yName, yMax, 0, digits, List.of(columns), new ArrayList<>());
    }

    Curve logarithmic(final int newDecades) {
        return new Curve(name, title, yName, yMax, newDecades, digits, columns, rows);
    }

    void add(final double... row) {
        if (row.length != columns.size() + 1) {
            throw new IllegalArgumentException(name + " has " + columns.size() + " columns beside the loss");
        }
        rows.add(row);
    }

    /** A value, by the name of its column, at a loss. */
    double at(final String column, final double loss) {
        final List<String> names = columns.stream().map(Column::name).toList();
        return Arrays.stream(rows.toArray(double[][]::new))
                .filter(row -> row[0] == loss)
                .findFirst()
                .orElseThrow()[1 + names.indexOf(column)];
    }

    String csv() {
        final StringBuilder text = new StringBuilder("loss");
        columns.forEach(column -> text.append(',').append(column.name()));
        text.append('\n');
        for (final double[] row : rows) {
            text.append(String.format(Locale.ROOT, "%.3f", row[0]));
            for (int i = 1; i < row.length; i++) {
                final int places = columns.get(i - 1).kind() == Kind.NOTE ? 4 : digits;
                text.append(String.format(Locale.ROOT, ",%." + places + "f", row[i]));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
