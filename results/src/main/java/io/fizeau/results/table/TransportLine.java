package io.fizeau.results.table;

import io.fizeau.results.compare.Comparison;
import io.fizeau.results.stats.Summary;
import java.util.List;
import java.util.Optional;

/**
 * One transport at one message size: a line of the final table. Summaries are over forks and absent (count 0) where nothing was
 * measured.
 *
 * @param spec the transport.
 * @param guarantees what it promises.
 * @param messageBytes the size, as the parameter says it; empty if there is no such parameter.
 * @param p50Ns the median round trip of each fork.
 * @param p99Ns its 99th percentile, in the forks that carry it.
 * @param comparison with the reference of its group, empty if there is none.
 * @param gatheredPerSecond messages per second, one way, gathered sends.
 * @param eachPerSecond messages per second, one way, a send for each.
 * @param clientBytesPerOp allocated at the client.
 * @param serverBytesPerOp allocated at the server.
 * @param reasons why it is invalid; empty if all of its rows are valid.
 * @param remarks what a reader should know all the same.
 */
public record TransportLine(
        String spec,
        List<String> guarantees,
        String messageBytes,
        Summary p50Ns,
        Summary p99Ns,
        Optional<Comparison> comparison,
        Summary gatheredPerSecond,
        Summary eachPerSecond,
        Summary clientBytesPerOp,
        Summary serverBytesPerOp,
        List<String> reasons,
        List<String> remarks) {
    /** Copies the lists. */
    public TransportLine {
        guarantees = List.copyOf(guarantees);
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    /** {@return bytes of messages in units of 10^6 per second, of gathered sends, or of single ones where there are no others} */
    public double megabytesPerSecond() {
        final Summary rate = gatheredPerSecond.isPresent() ? gatheredPerSecond : eachPerSecond;
        try {
            return rate.median() * Long.parseLong(messageBytes) / 1e6;
        } catch (final NumberFormatException ignored) {
            return Double.NaN;
        }
    }
}
