package io.fizeau.results.table;

import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.Summary;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One transport at one offered rate: a line of the open loop's table. Summaries are over forks and absent (count 0) where nothing
 * was measured, or where the rate was not reached, so that no latency can be told.
 *
 * @param spec the transport.
 * @param regime spinning or blocking.
 * @param messageBytes the size, as the parameter says it.
 * @param rate the offered rate, as the parameter says it.
 * @param variant what else differs between rows, such as {@code arrivals=poisson}; empty as a rule.
 * @param achievedPerSecond messages a second that were sent.
 * @param p50Ns the median response of each fork.
 * @param p99Ns the 99th percentile, in the forks in which enough stands behind it.
 * @param p999Ns the same for the 99.9th.
 * @param maxNs the longest response.
 * @param latenessP99Ns how late the generator was, at the 99th percentile.
 * @param due how many messages fell due in all forks.
 * @param missing how many of them were lost or never sent.
 * @param atLeast which of p50, p99, p99.9 and max are lower bounds, because they fall among missing messages.
 * @param clientUsefulPolls of the polls of the client's threads that take answers, the share that found something.
 * @param reasons why it is invalid.
 * @param remarks what a reader should know all the same.
 */
public record OpenLine(
        String spec,
        String regime,
        String messageBytes,
        String rate,
        String variant,
        Summary achievedPerSecond,
        Summary p50Ns,
        Summary p99Ns,
        Summary p999Ns,
        Summary maxNs,
        Summary latenessP99Ns,
        double due,
        double missing,
        Set<String> atLeast,
        Summary clientUsefulPolls,
        List<String> reasons,
        List<String> remarks) {
    /** Copies the collections. */
    public OpenLine {
        atLeast = Collections.unmodifiableSet(new LinkedHashSet<>(atLeast));
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    /** {@return the offered rate as a number, in messages a second; NaN if it is none} */
    public double ratePerSecond() {
        return new RowKey("", Map.of("rate", rate)).number("rate");
    }
}
