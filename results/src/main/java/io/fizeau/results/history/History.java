package io.fizeau.results.history;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.run.RowKey;
import java.util.List;

/**
 * One measure of one row over many runs.
 *
 * @param row the benchmark and its parameters, the same in all the runs.
 * @param measure what is followed, as the first of the runs has it.
 * @param points in the order of time.
 * @param changes by rising point.
 * @param remarks what a reader should know, such as that too few runs are there to tell a change.
 */
public record History(
        RowKey row, Measure measure, List<HistoryPoint> points, List<ChangePoint> changes, List<String> remarks) {
    /** Copies the lists. */
    public History {
        points = List.copyOf(points);
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }
}
