package io.fizeau.bench.jmh;

import java.io.IOException;
import java.util.Arrays;

/**
 * What {@code java -jar benchmarks.jar} starts: JMH's own main with one more profiler, {@link LatencyProfiler}, so that the rows of
 * an open loop are there without being asked for. Everything else is as JMH has it.
 */
public final class BenchmarksMain {
    private BenchmarksMain() {}

    /**
     * Hands over to JMH.
     *
     * @param args JMH's options.
     * @throws IOException as JMH's main does.
     */
    public static void main(final String[] args) throws IOException {
        final boolean isNamed = Arrays.stream(args).anyMatch(arg -> arg.startsWith(LatencyProfiler.class.getName()));
        final String[] more = isNamed ? args : Arrays.copyOf(args, args.length + 2);
        if (!isNamed) {
            more[args.length] = "-prof";
            more[args.length + 1] = LatencyProfiler.class.getName();
        }
        org.openjdk.jmh.Main.main(more);
    }
}
