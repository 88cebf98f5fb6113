package io.fizeau.results.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a JMH JSON file: a benchmark with one set of parameters.
 *
 * @param benchmark the full name, {@code package.Class.method}.
 * @param mode JMH's short name of it: {@code thrpt}, {@code avgt}, {@code sample}, {@code ss}.
 * @param threads how many threads ran it.
 * @param jdkVersion of the forks.
 * @param params the values of its {@code @Param}s.
 * @param primary the metric of the mode.
 * @param secondary what profilers and counters added, by label.
 */
public record JmhResult(
        String benchmark,
        String mode,
        int threads,
        String jdkVersion,
        Map<String, String> params,
        Metric primary,
        Map<String, Metric> secondary) {
    /** Copies the maps. */
    public JmhResult {
        params = Map.copyOf(params);
        secondary = Map.copyOf(secondary);
    }

    /**
     * {@return the metric, or empty if this result has none of that label}
     *
     * @param label for example {@code gc.alloc.rate.norm}; a leading middle dot, as JMH wrote before 1.36, is ignored.
     */
    public Optional<Metric> secondary(final String label) {
        final Metric found = secondary.get(label);
        return Optional.ofNullable(found != null ? found : secondary.get("\u00b7" + label));
    }

    /**
     * {@return which row it belongs to, where no manifest says so} Several threads are a parameter {@code jmh.threads}.
     *
     * @param isModeNamed whether the mode is one too, {@code jmh.mode}: where the benchmark was measured in several.
     */
    RowKey key(final boolean isModeNamed) {
        final Map<String, String> all = new HashMap<>(params);
        if (threads != 1) {
            all.put("jmh.threads", String.valueOf(threads));
        }
        if (isModeNamed) {
            all.put("jmh.mode", mode);
        }
        return new RowKey(benchmark, all);
    }
}
