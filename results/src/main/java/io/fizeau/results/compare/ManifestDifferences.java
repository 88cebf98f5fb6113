package io.fizeau.results.compare;

import io.fizeau.results.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what the manifests of two sides say about machine, build, virtual machine and command. Stateless. */
final class ManifestDifferences {
    private ManifestDifferences() {}

    static List<ManifestDifference> of(final Side base, final Side candidate) {
        final Map<String, Set<String>> ofBase = fields(base);
        final Map<String, Set<String>> ofCandidate = fields(candidate);
        if (ofBase.isEmpty() || ofCandidate.isEmpty()) {
            return List.of();
        }
        final Set<String> names = new TreeSet<>(ofBase.keySet());
        names.addAll(ofCandidate.keySet());
        final List<ManifestDifference> differences = new ArrayList<>();
        for (final String name : names) {
            final String before = String.join(" | ", ofBase.getOrDefault(name, Set.of()));
            final String after = String.join(" | ", ofCandidate.getOrDefault(name, Set.of()));
            // What only one side measured is seen by its rows.
            final boolean isMeasured =
                    (!before.isEmpty() && !after.isEmpty()) || !name.startsWith(ManifestFields.TRANSPORTS);
            if (isMeasured && !before.equals(after)) {
                differences.add(new ManifestDifference(name, before, after));
            }
        }
        return differences;
    }

    private static Map<String, Set<String>> fields(final Side side) {
        final Map<String, Set<String>> fields = new TreeMap<>();
        for (final Run run : side.sessions()) {
            if (run.hasManifest()) {
                ManifestFields.of(run.manifest())
                        .forEach((name, value) -> fields.computeIfAbsent(name, key -> new LinkedHashSet<>())
                                .add(value));
            }
        }
        return fields;
    }
}
