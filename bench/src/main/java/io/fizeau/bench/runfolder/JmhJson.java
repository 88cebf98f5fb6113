package io.fizeau.bench.runfolder;

import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.transports.datagram.trace.TraceSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * JMH's own JSON, made by JMH's own writer: raw data by fork and iteration, percentiles and scores over all forks, exactly as if
 * JMH had run them in one go.
 */
public final class JmhJson {
    private JmhJson() {}

    /**
     * Joins the forks of one row that were run one at a time.
     *
     * @param forks the results of each, in the order run; not empty.
     * @return one result whose parameters say how many forks there are.
     */
    public static RunResult merge(final Collection<BenchmarkResult> forks) {
        final BenchmarkParams one = forks.iterator().next().getParams();
        return new RunResult(withForks(one, forks.size()), forks);
    }

    /**
     * The parameters of a fork without what differs from run to run.
     *
     * @param params the parameters.
     * @return the same without the place of the fork's notes.
     */
    public static BenchmarkParams comparable(final BenchmarkParams params) {
        return withForks(params, params.getForks());
    }

    /**
     * Writes one result.
     *
     * @param result the result.
     * @return a JSON object.
     */
    static String format(final RunResult result) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
        }
        // JMH writes an array, here of one.
        final String array = bytes.toString(StandardCharsets.UTF_8);
        return array.substring(array.indexOf('[') + 1, array.lastIndexOf(']')).strip();
    }

    /**
     * Joins what {@link #format} gave, which is dear for a whole run and cheap for the one row that changed.
     *
     * @param objects JSON objects.
     * @return a JSON array, as JMH would have written it.
     */
    static String array(final Collection<String> objects) {
        return "[\n    " + String.join(",\n    ", objects) + "\n]\n";
    }

    private static BenchmarkParams withForks(final BenchmarkParams params, final int forks) {
        final WorkloadParams workload = new WorkloadParams();
        for (final String key : params.getParamsKeys()) {
            workload.put(key, params.getParam(key), 0);
        }
        return new BenchmarkParams(
                params.getBenchmark(),
                params.generatedBenchmark(),
                params.shouldSynchIterations(),
                params.getThreads(),
                params.getThreadGroups(),
                params.getThreadGroupLabels(),
                forks,
                params.getWarmupForks(),
                params.getWarmup(),
                params.getMeasurement(),
                params.getMode(),
                workload,
                params.getTimeUnit(),
                params.getOpsPerInvocation(),
                params.getJvm(),
                withoutNotes(params.getJvmArgs()),
                params.getJdkVersion(),
                params.getVmName(),
                params.getVmVersion(),
                params.getJmhVersion(),
                params.getTimeout());
    }

    /** Where a fork leaves its notes and its traces differs from run to run and is no part of what was measured. */
    private static List<String> withoutNotes(final Collection<String> jvmArgs) {
        return jvmArgs.stream()
                .filter(argument -> !argument.startsWith("-D" + BenchProperties.NOTES + '=')
                        && !argument.startsWith("-D" + TraceSettings.DIRECTORY + '='))
                .toList();
    }
}
