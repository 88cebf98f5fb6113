package io.fizeau.bench.jmh;

import io.fizeau.core.latency.LatencyDistribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.ScalarDerivativeResult;

/**
 * Latencies on their way through JMH: from the iteration to the fork, from the fork to the host, and into its console and JSON. It
 * carries the distribution itself, so that over iterations and forks the distributions are merged, and the percentiles in the rows
 * are those of all messages; JMH's own results would average them.
 *
 * <p>The row of this result is the mean. Behind it come {@code :p50}, {@code :p90}, {@code :p99}, {@code :p99.9}, {@code :p99.99}
 * and {@code :max}, a percentile only where enough stands behind it ({@link LatencyDistribution#isSupported}). All in nanoseconds.
 */
public final class LatencyResult extends Result<LatencyResult> {
    private static final long serialVersionUID = 1L;

    private static final String UNIT = "ns";
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private final LatencyDistribution distribution;

    /**
     * Creates a result.
     *
     * @param label the row's name.
     * @param distribution the latencies.
     */
    public LatencyResult(final String label, final LatencyDistribution distribution) {
        super(ResultRole.SECONDARY, label, of(distribution.meanNs()), UNIT, AggregationPolicy.AVG);
        this.distribution = distribution;
    }

    /**
     * The latencies.
     *
     * @return the distribution, merged as far as this result is.
     */
    public LatencyDistribution distribution() {
        return distribution;
    }

    @Override
    protected Aggregator<LatencyResult> getThreadAggregator() {
        return LatencyResult::merge;
    }

    @Override
    protected Aggregator<LatencyResult> getIterationAggregator() {
        return LatencyResult::merge;
    }

    @Override
    protected Collection<? extends Result<?>> getDerivativeResults() {
        final List<Result<?>> rows = new ArrayList<>();
        for (final double percentile : PERCENTILES) {
            if (distribution.isSupported(percentile)) {
                rows.add(row(name(percentile), (double) distribution.percentileNs(percentile)));
            }
        }
        rows.add(row("max", (double) distribution.maxNs()));
        return rows;
    }

    private Result<?> row(final String name, final double valueNs) {
        return new ScalarDerivativeResult(label + ':' + name, valueNs, UNIT, AggregationPolicy.AVG);
    }

    private static String name(final double percentile) {
        return percentile == Math.rint(percentile) ? "p" + (long) percentile : "p" + percentile;
    }

    private static LatencyResult merge(final Collection<LatencyResult> parts) {
        final String label = parts.iterator().next().getLabel();
        return new LatencyResult(
                label,
                LatencyDistribution.merge(
                        parts.stream().map(LatencyResult::distribution).toList()));
    }
}
