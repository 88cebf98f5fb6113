package io.fizeau.results.run;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes a row: a benchmark and the values of its parameters.
 *
 * @param benchmark the full name, {@code package.Class.method}.
 * @param params by name, sorted.
 */
public record RowKey(String benchmark, Map<String, String> params) {
    /** Copies and sorts the parameters. */
    public RowKey {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** {@return the class and the method without the package, for example {@code RoundTripBenchmark.closed}} */
    public String simpleName() {
        final int method = benchmark.lastIndexOf('.');
        final int type = benchmark.lastIndexOf('.', method - 1);
        return benchmark.substring(type + 1);
    }

    /**
     * {@return its value, or an empty string if the benchmark has no such parameter}
     *
     * @param name of a parameter.
     */
    public String param(final String name) {
        return params.getOrDefault(name, "");
    }

    /**
     * {@return the value as a number: {@code 10k} is 10 000 and {@code 2m} two million; NaN where there is no such parameter or it is
     * no number}
     *
     * @param name of a parameter.
     */
    public double number(final String name) {
        final String lower = param(name).toLowerCase(Locale.ROOT);
        final double factor = lower.endsWith("k") ? 1e3 : lower.endsWith("m") ? 1e6 : 1;
        try {
            return Double.parseDouble(factor == 1 ? lower : lower.substring(0, lower.length() - 1)) * factor;
        } catch (final NumberFormatException ignored) {
            return Double.NaN;
        }
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(simpleName());
        params.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
