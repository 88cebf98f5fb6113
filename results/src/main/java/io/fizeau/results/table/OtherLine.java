package io.fizeau.results.table;

import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.Summary;
import java.util.List;

/**
 * A row that is no part of the transports' table: a baseline, a round trip timed in batches, any benchmark of another project.
 *
 * @param key the benchmark and its parameters.
 * @param label the same as a person would say it: the transport, the size, then only what differs between rows.
 * @param mode JMH's short name of the mode.
 * @param forks how many did not fail.
 * @param timeNs time per operation; absent if it measures something else.
 * @param p99Ns the 99th percentile in SampleTime.
 * @param perSecond operations per second; absent if it measures something else.
 * @param reasons why it is invalid.
 * @param remarks what a reader should know all the same.
 */
public record OtherLine(
        RowKey key,
        String label,
        String mode,
        int forks,
        Summary timeNs,
        Summary p99Ns,
        Summary perSecond,
        List<String> reasons,
        List<String> remarks) {
    /** Copies the lists. */
    public OtherLine {
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }
}
