package io.fizeau.results.history;

import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import java.util.List;

/**
 * One run in the history of a row.
 *
 * @param run the name of its folder or file.
 * @param startedAt ISO 8601, UTC; empty if the run does not say it.
 * @param label the user's name for the run.
 * @param commit that it was built from; empty if unknown.
 * @param value the measure over the forks: median, range and how many.
 * @param validity whether the row may be believed; an invalid one takes no part in change points.
 * @param machineChanges what is another machine than at the point before, such as {@code kernel: 6.1.0 to 6.2.0}.
 */
public record HistoryPoint(
        String run,
        String startedAt,
        String label,
        String commit,
        Summary value,
        Validity validity,
        List<String> machineChanges) {
    /** Copies the list. */
    public HistoryPoint {
        machineChanges = List.copyOf(machineChanges);
    }

    /** {@return whether it takes part in change points: it is valid and has a value} */
    public boolean counts() {
        return validity.isValid() && value.isPresent();
    }
}
