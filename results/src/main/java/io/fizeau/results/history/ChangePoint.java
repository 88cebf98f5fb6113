package io.fizeau.results.history;

import java.util.List;

/**
 * A run at which the level of a measure changed.
 *
 * @param point index of the first point after the change.
 * @param pValue of the permutation test.
 * @param before the median of the points since the change before; in the measure's unit.
 * @param after the median of the points until the next change.
 * @param machineChanges what changed of the machine at about the same time, which may be all there is to it; empty if nothing did.
 */
public record ChangePoint(int point, double pValue, double before, double after, List<String> machineChanges) {
    /** Copies the list. */
    public ChangePoint {
        machineChanges = List.copyOf(machineChanges);
    }

    /** {@return after over before} */
    public double ratio() {
        return after / before;
    }
}
