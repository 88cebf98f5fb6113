package io.fizeau.results.curve;

import java.util.List;

/**
 * The curves of a row, and what could not be read of them.
 *
 * @param curves fork by fork in the order run, of each fork the latency that the row is about first.
 * @param problems one line for each log that was left out, naming the file within the run folder and what is wrong with it.
 */
public record RowCurves(List<ForkCurve> curves, List<String> problems) {
    /** Copies the lists. */
    public RowCurves {
        curves = List.copyOf(curves);
        problems = List.copyOf(problems);
    }
}
