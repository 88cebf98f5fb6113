package io.fizeau.bench.jmh;

import io.fizeau.core.account.LedgerCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * The latencies and the ledger of each measured iteration, as secondary rows: {@code response}, {@code service}, {@code lateness},
 * {@code send} and {@code flight} with their percentiles ({@link LatencyResult}), and {@code ledger:due}, {@code ledger:accepted}
 * and so on. Adds nothing to a benchmark that records none.
 *
 * <p>{@code -prof io.fizeau.bench.jmh.LatencyProfiler:hlog=DIR;prefix=TEXT} writes the histograms of each fork into a directory as
 * well; without a prefix the files are named after the benchmark and the fork's process.
 */
public final class LatencyProfiler implements InternalProfiler {
    private static final String HLOG = "hlog=";
    private static final String PREFIX = "prefix=";

    private final @Nullable Path directory;
    private final String prefix;
    private @Nullable HistogramLogs logs; // by JMH's thread
    private long startEpochMs; // by JMH's thread

    /**
     * Writes no files.
     *
     * @throws ProfilerException never.
     */
    public LatencyProfiler() throws ProfilerException {
        this("");
    }

    /**
     * With options.
     *
     * @param options as above.
     * @throws ProfilerException if one is unknown.
     */
    public LatencyProfiler(final String options) throws ProfilerException {
        Path hlog = null;
        String named = "";
        for (final String option : options.split(";", -1)) {
            if (option.startsWith(HLOG)) {
                hlog = Path.of(option.substring(HLOG.length()));
            } else if (option.startsWith(PREFIX)) {
                named = option.substring(PREFIX.length());
            } else if (!option.isEmpty()) {
                throw new ProfilerException(
                        "unknown option '" + option + "': the known ones are hlog=DIR and prefix=TEXT");
            }
        }
        this.directory = hlog;
        this.prefix = named;
    }

    @Override
    public String getDescription() {
        return "Latencies from when a message was due, and what became of each message";
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmarkParams, final IterationParams iterationParams) {
        LatencyFigures.take();
        startEpochMs = System.currentTimeMillis();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            final BenchmarkParams benchmarkParams,
            final IterationParams iterationParams,
            final IterationResult result) {
        final LatencyFigures figures = LatencyFigures.take();
        if (figures == null || iterationParams.getType() != IterationType.MEASUREMENT) {
            return List.of();
        }
        if (directory != null) {
            logs(benchmarkParams, directory).add(figures, startEpochMs, System.currentTimeMillis());
        }
        final List<Result<?>> rows = new ArrayList<>();
        figures.distributions().forEach((label, distribution) -> rows.add(new LatencyResult(label, distribution)));
        addLedger(rows, figures.counts());
        for (final Figure figure : figures.figures()) {
            if (!Double.isNaN(figure.value())) {
                rows.add(new ScalarResult(
                        figure.label(),
                        figure.value(),
                        figure.unit(),
                        figure.over().policy()));
            }
        }
        return rows;
    }

    private static void addLedger(final List<Result<?>> rows, final LedgerCounts counts) {
        if (counts.due() == 0) {
            return;
        }
        add(rows, "due", counts.due());
        add(rows, "accepted", counts.accepted());
        add(rows, "unsent", counts.unsent());
        add(rows, "onTime", counts.onTime());
        add(rows, "late", counts.late());
        add(rows, "lost", counts.lost());
        add(rows, "duplicated", counts.duplicated());
        add(rows, "reordered", counts.reordered());
        add(rows, "corrupt", counts.corrupt());
        add(rows, "refused", counts.refused());
        add(rows, "stale", counts.stale());
        add(rows, "backlog", counts.backlog());
    }

    private static void add(final List<Result<?>> rows, final String name, final long count) {
        rows.add(new ScalarResult("ledger:" + name, count, "#", AggregationPolicy.SUM));
    }

    private HistogramLogs logs(final BenchmarkParams params, final Path where) {
        HistogramLogs open = logs;
        if (open == null) {
            open = new HistogramLogs(where, name(params), about(params));
            logs = open;
        }
        return open;
    }

    private String name(final BenchmarkParams params) {
        if (!prefix.isEmpty()) {
            return prefix;
        }
        final String benchmark = params.getBenchmark();
        final int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1)
                + '-'
                + ProcessHandle.current().pid();
    }

    private static String about(final BenchmarkParams params) {
        final StringJoiner text = new StringJoiner(" ");
        text.add("benchmark=" + params.getBenchmark());
        for (final String name : params.getParamsKeys()) {
            text.add(name + '=' + params.getParam(name));
        }
        return text.toString();
    }
}
