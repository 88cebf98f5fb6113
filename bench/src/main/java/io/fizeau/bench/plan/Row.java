package io.fizeau.bench.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the result: a benchmark with all of its parameters. Immutable.
 *
 * @param benchmark its full name.
 * @param params parameter to value, in the benchmark's order.
 * @param measure what is measured, without the transport, short enough for the head of a column.
 * @param rounds how many of the run's rounds it takes part in.
 */
public record Row(String benchmark, Map<String, String> params, String measure, int rounds) {
    /** Makes the map unmodifiable. */
    public Row {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * The transport.
     *
     * @return its spec string, or {@code -} for a benchmark that has none.
     */
    public String transport() {
        return params.getOrDefault(Params.TRANSPORT, "-");
    }

    /**
     * How many connections it measures.
     *
     * @return the number, or 0 for a benchmark that has no such parameter.
     */
    public int connections() {
        return Params.connections(params);
    }

    @Override
    public String toString() {
        return transport() + ' ' + measure;
    }
}
