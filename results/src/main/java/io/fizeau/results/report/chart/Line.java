package io.fizeau.results.report.chart;

import java.util.List;

/**
 * A line with a band around it.
 *
 * @param name as the legend has it.
 * @param colour {@code #rrggbb}.
 * @param style its place among the lines of this colour, from 0: each has another dash.
 * @param kind what it is drawn as.
 * @param marks by rising x.
 */
public record Line(String name, String colour, int style, Kind kind, List<Mark> marks) {
    /** What a line is. */
    public enum Kind {
        /** Something measured, with a band over forks. */
        MEASURED,
        /** What a formula says. */
        THEORY
    }

    /** Copies the list. */
    public Line {
        marks = List.copyOf(marks);
    }
}
