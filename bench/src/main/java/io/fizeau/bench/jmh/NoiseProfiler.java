package io.fizeau.bench.jmh;

import io.fizeau.bench.notes.ForkFiles;
import io.fizeau.bench.server.ServerNoise;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.core.noise.NoiseFigure;
import io.fizeau.core.noise.NoiseFigure.Scope;
import io.fizeau.core.noise.NoiseReport;
import io.fizeau.core.noise.NoiseValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * What disturbed each measured iteration, as secondary rows {@code noise:hiccup.max}, {@code noise:steal} and so on for the fork
 * and its host, {@code noise:server.hiccup.max} and so on for the server's process: those that are known. All of it, with the
 * reasons for what is not known, goes beside the fork's notes. Noise changes no number; it can only mark it.
 *
 * <p>Used with {@code -prof io.fizeau.bench.jmh.NoiseProfiler}, before {@code -prof gc}: what reading allocates at the iteration's
 * edges would count as the benchmark's otherwise.
 */
public final class NoiseProfiler implements InternalProfiler {
    private static final double NS_PER_MS = 1e6;

    private final List<Map<String, Object>> iterations = new ArrayList<>();

    @Override
    public String getDescription() {
        return "What the machine and the JVM did that may have disturbed an iteration";
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmarkParams, final IterationParams iterationParams) {
        NoiseWatch.begin();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            final BenchmarkParams benchmarkParams,
            final IterationParams iterationParams,
            final IterationResult result) {
        final NoiseWatch.Noise noise = NoiseWatch.end();
        if (iterationParams.getType() != IterationType.MEASUREMENT) {
            return List.of();
        }
        final Optional<NoiseReport> server = ServerNoise.parse(noise.server());
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("iteration", iterations.size() + 1);
        figures.put("durationMs", noise.here().durationNs() / NS_PER_MS);
        figures.put("fork", json(noise.here(), Scope.PROCESS));
        figures.put(
                "server",
                server.<Object>map(report -> json(report, Scope.PROCESS)).orElse(noise.server()));
        figures.put("host", json(noise.here(), Scope.HOST));
        iterations.add(figures);
        BenchProperties.read().notes().ifPresent(path -> ForkFiles.write(ForkFiles.noise(path), iterations));
        final List<Result<?>> rows = new ArrayList<>();
        noise.here().values().forEach((figure, value) -> addRow(rows, "noise:", figure, value));
        server.ifPresent(report ->
                report.of(Scope.PROCESS).forEach((figure, value) -> addRow(rows, "noise:server.", figure, value)));
        return rows;
    }

    /** A number where there is one, else the text that says why not. */
    private static Map<String, Object> json(final NoiseReport report, final Scope scope) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        report.of(scope)
                .forEach((figure, value) ->
                        figures.put(figure.label(), value.isKnown() ? (Object) value.value() : value.text()));
        return figures;
    }

    private static void addRow(
            final List<Result<?>> rows, final String prefix, final NoiseFigure figure, final NoiseValue value) {
        if (value.isKnown()) {
            final AggregationPolicy policy = switch (figure) {
                case HICCUP_MAX, HICCUP_P99 -> AggregationPolicy.MAX;
                case LOAD -> AggregationPolicy.AVG;
                default -> AggregationPolicy.SUM;
            };
            rows.add(new ScalarResult(
                    prefix + figure.label(), value.value(), figure.unit().text(), policy));
        }
    }
}
