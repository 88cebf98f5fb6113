package io.fizeau.results.report.chart;

import java.util.List;

/**
 * A chart.
 *
 * @param title what it shows.
 * @param about how to read it, in a sentence or two; may be empty.
 * @param x the horizontal axis.
 * @param y the vertical axis.
 * @param names of the places on the horizontal axis, if it has names; otherwise empty.
 * @param lines in the order of the legend, at least one.
 */
public record Chart(String title, String about, Axis x, Axis y, List<String> names, List<Line> lines) {
    /** Copies the lists. */
    public Chart {
        names = List.copyOf(names);
        lines = List.copyOf(lines);
    }

    /** {@return whether there is anything to draw} */
    public boolean isDrawable() {
        return lines.stream()
                .flatMap(line -> line.marks().stream())
                .anyMatch(mark -> mark.y().isPresent());
    }
}
