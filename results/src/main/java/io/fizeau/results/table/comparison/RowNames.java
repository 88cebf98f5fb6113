package io.fizeau.results.table.comparison;

import io.fizeau.results.run.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Short names for rows: what all of them share is said once, and not in each. Immutable. */
final class RowNames {
    private static final String TRANSPORT = "transport";
    private static final String SIZE = "messageBytes";

    private final boolean isOneBenchmark;
    private final Map<String, Set<String>> values = new TreeMap<>();
    private final String shared;

    RowNames(final Collection<RowKey> rows) {
        final Set<String> benchmarks =
                rows.stream().map(RowKey::simpleName).collect(Collectors.toCollection(LinkedHashSet::new));
        isOneBenchmark = benchmarks.size() == 1;
        final Set<String> names =
                rows.stream().flatMap(row -> row.params().keySet().stream()).collect(Collectors.toSet());
        for (final String name : names) {
            values.put(name, rows.stream().map(row -> row.param(name)).collect(Collectors.toSet()));
        }
        final List<String> same = new ArrayList<>(isOneBenchmark ? benchmarks : Set.of());
        values.forEach((name, of) -> {
            if (of.size() == 1) {
                same.add(name + '=' + of.iterator().next());
            }
        });
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
        return values.getOrDefault(name, Set.of()).size() > 1
                && !row.param(name).isEmpty();
    }
}
