package io.fizeau.results.table.comparison;

import io.fizeau.results.run.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Short names for rows: what all of them share is said once, and not in each. Immutable. */
final class RowNames {
    private static final String TRANSPORT = "transport";
    private static final String SIZE = "messageBytes";

    private final boolean isOneBenchmark;
    /** Of each benchmark the parameters that do not have the same value in all its rows. */
    private final Map<String, Set<String>> differing = new HashMap<>();

    private final String shared;

    RowNames(final Collection<RowKey> rows) {
        final Set<String> benchmarks =
                rows.stream().map(RowKey::simpleName).collect(Collectors.toCollection(LinkedHashSet::new));
        isOneBenchmark = benchmarks.size() == 1;
        final List<String> same = new ArrayList<>(isOneBenchmark ? benchmarks : Set.of());
        for (final String name : rows.stream()
                .flatMap(row -> row.params().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))) {
            final Set<String> values = rows.stream().map(row -> row.param(name)).collect(Collectors.toSet());
            if (values.size() == 1) {
                same.add(name + '=' + values.iterator().next());
                continue;
            }
            rows.stream()
                    .collect(Collectors.groupingBy(
                            RowKey::benchmark, Collectors.mapping(row -> row.param(name), Collectors.toSet())))
                    .forEach((benchmark, of) -> {
                        if (of.size() > 1) {
                            differing
                                    .computeIfAbsent(benchmark, key -> new HashSet<>())
                                    .add(name);
                        }
                    });
        }
        shared = String.join(", ", same);
    }

    /** What all rows have in common, empty if nothing. */
    String shared() {
        return shared;
    }

    /** What tells this row from the others. */
    String of(final RowKey row) {
        final List<String> parts = new ArrayList<>();
        if (!isOneBenchmark) {
            parts.add(row.simpleName().replace("Benchmark.", "."));
        }
        if (differs(TRANSPORT, row)) {
            parts.add(row.param(TRANSPORT));
        }
        if (differs(SIZE, row)) {
            parts.add(row.param(SIZE) + " B");
        }
        row.params().forEach((name, value) -> {
            if (!name.equals(TRANSPORT) && !name.equals(SIZE) && differs(name, row)) {
                parts.add(name + '=' + value);
            }
        });
        return parts.isEmpty() ? row.simpleName() : String.join(" ", parts);
    }

    private boolean differs(final String name, final RowKey row) {
        return differing.getOrDefault(row.benchmark(), Set.of()).contains(name)
                && !row.param(name).isEmpty();
    }
}
