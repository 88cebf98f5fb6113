package io.fizeau.bench.sweep;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.jmh.LatencyResult;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What a fork of an open loop measured.
 *
 * @param achievedPerSecond messages a second that left in the measured time.
 * @param response from when a message was due to its answer.
 * @param lateness how long messages waited for the sending thread.
 * @param due how many fell due.
 * @param accepted how many of them the transport took.
 * @param lost how many of those did not come back.
 * @param corrupt how many were altered.
 * @param duplicated how many came back twice.
 * @param reordered how many came back after a later one.
 */
record ProbeFigures(
        double achievedPerSecond,
        LatencyDistribution response,
        LatencyDistribution lateness,
        double due,
        double accepted,
        double lost,
        double corrupt,
        double duplicated,
        double reordered) {

    static ProbeFigures of(final RunResult result) {
        return new ProbeFigures(
                result.getPrimaryResult().getScore(),
                latency(result, LatencyFigures.RESPONSE),
                latency(result, LatencyFigures.LATENESS),
                count(result, "due"),
                count(result, "accepted"),
                count(result, "lost"),
                count(result, "corrupt"),
                count(result, "duplicated"),
                count(result, "reordered"));
    }

    private static LatencyDistribution latency(final RunResult result, final String label) {
        if (result.getSecondaryResults().get(label) instanceof LatencyResult latency) {
            return latency.distribution();
        }
        throw new TransportException(
                TransportException.NextStep.FAIL_RUN,
                "the fork recorded no latencies: nothing fell due, use a longer --time");
    }

    private static double count(final RunResult result, final String kind) {
        final Result<?> found = result.getSecondaryResults().get("ledger:" + kind);
        return found == null ? 0 : found.getScore();
    }
}
