package io.fizeau.bench.jmh;

import io.fizeau.bench.server.ServerStatistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * What the server spent, beside the score: {@code server:messages} (how many arrived in the iteration, JMH's calls outside the
 * timed window among them), {@code server:alloc.norm} (bytes allocated by the serving threads per message) and
 * {@code server:cpu.norm} (their processor time per message; of a spinning thread that is only the time between messages), and,
 * where threads of the server spin, {@code server:polls.useful} (the share of their polls that found something: what is left of 1
 * is how far they are from their limit).
 *
 * <p>Used with {@code -prof io.fizeau.bench.jmh.ServerProfiler}. Adds nothing where the server's figures cannot be had.
 */
public final class ServerProfiler implements InternalProfiler {
    @Override
    public String getDescription() {
        return "What the benchmark's server allocated and how long it ran, per message";
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmarkParams, final IterationParams iterationParams) {
        IterationFigures.take();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            final BenchmarkParams benchmarkParams,
            final IterationParams iterationParams,
            final IterationResult result) {
        final ServerStatistics figures = IterationFigures.take();
        if (figures == null || figures.messages() == 0 || iterationParams.getType() != IterationType.MEASUREMENT) {
            return List.of();
        }
        final double messages = figures.messages();
        final List<Result<?>> rows = new ArrayList<>(List.of(
                new ScalarResult("server:messages", messages, "#", AggregationPolicy.SUM),
                new ScalarResult(
                        "server:alloc.norm", figures.allocatedBytes() / messages, "B/op", AggregationPolicy.AVG),
                new ScalarResult("server:cpu.norm", figures.cpuNs() / messages, "ns/op", AggregationPolicy.AVG)));
        if (figures.polls() > 0) {
            rows.add(new ScalarResult(
                    "server:polls.useful",
                    (double) figures.usefulPolls() / figures.polls(),
                    "share",
                    AggregationPolicy.AVG));
        }
        return rows;
    }
}
