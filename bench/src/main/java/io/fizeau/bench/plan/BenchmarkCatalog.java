package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** The benchmarks that JMH's generator listed on the class path. Immutable. */
public final class BenchmarkCatalog {
    private final Map<String, Map<String, List<String>>> paramsOf;

    /**
     * A catalog of just these.
     *
     * @param paramsOf full name of the benchmark to its parameters, each with its default values.
     */
    BenchmarkCatalog(final Map<String, Map<String, List<String>>> paramsOf) {
        this.paramsOf = Collections.unmodifiableMap(new LinkedHashMap<>(paramsOf));
    }

    /**
     * What is on the class path.
     *
     * @return the catalog.
     */
    public static BenchmarkCatalog installed() {
        final Map<String, Map<String, List<String>>> paramsOf = new LinkedHashMap<>();
        BenchmarkEntries.installed().forEach((name, entry) -> paramsOf.put(name, params(entry)));
        return new BenchmarkCatalog(paramsOf);
    }

    /**
     * The benchmarks of a suite.
     *
     * @param suite the name of a {@link Suite}, or {@code Class} or {@code Class.method}.
     * @return full names, at least one.
     * @throws TransportException if there is none; the message lists the known suites.
     */
    List<String> find(final String suite) {
        final List<String> found = new ArrayList<>();
        for (final String name : paramsOf.keySet()) {
            boolean matches = Suite.named(name, suite);
            for (final Suite known : Suite.values()) {
                matches |= known.label().equals(suite) && known.holds(name);
            }
            if (matches) {
                found.add(name);
            }
        }
        if (found.isEmpty()) {
            throw TransportException.badRequest("--suites '" + suite + "' is not known: the known ones are "
                    + Suite.known() + ", and Class or Class.method of any benchmark in the jar");
        }
        return found;
    }

    /**
     * A benchmark's parameters.
     *
     * @param benchmark its full name.
     * @return parameter to default values, in alphabetical order as JMH keeps them.
     */
    Map<String, List<String>> params(final String benchmark) {
        return paramsOf.getOrDefault(benchmark, Map.of());
    }

    private static Map<String, List<String>> params(final BenchmarkListEntry entry) {
        final Map<String, List<String>> params = new LinkedHashMap<>();
        entry.getParams().orElse(Map.of()).forEach((name, values) -> params.put(name, List.of(values)));
        return params;
    }
}
