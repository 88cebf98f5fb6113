package io.fizeau.bench.instrument;

import io.fizeau.bench.jmh.LatencyResult;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What one fork has given. Immutable. */
public final class ForkFigures {
    private final RunResult result;

    ForkFigures(final RunResult result) {
        this.result = result;
    }

    /**
     * A recorded latency, of all messages of the fork.
     *
     * @param label such as {@link io.fizeau.bench.jmh.LatencyFigures#RESPONSE}.
     * @return the distribution.
     * @throws TransportException if the fork recorded none of this name.
     */
    public LatencyDistribution latency(final String label) {
        if (secondary().get(label) instanceof LatencyResult latency) {
            return latency.distribution();
        }
        throw missing(label);
    }

    /**
     * What became of the messages.
     *
     * @param kind such as {@code due} or {@code accepted}.
     * @return a count.
     * @throws TransportException if the fork has no ledger.
     */
    public long ledger(final String kind) {
        final Result<?> found = secondary().get("ledger:" + kind);
        if (found == null) {
            throw missing("ledger:" + kind);
        }
        return Math.round(found.getScore());
    }

    /**
     * The least score among the iterations: of a time that only interruptions add to, the best guess.
     *
     * @return in the benchmark's unit.
     */
    public double leastScore() {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    @SuppressWarnings("rawtypes") // as JMH has it
    private Map<String, Result> secondary() {
        return result.getSecondaryResults();
    }

    private static TransportException missing(final String label) {
        return new TransportException(
                TransportException.NextStep.FAIL_RUN, "the fork gave no " + label + ": is this the jar of this build?");
    }
}
