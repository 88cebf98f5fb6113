package io.fizeau.results.compare;

import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds for each row of one side the same row of the other: the same benchmark with the same parameters.
 *
 * <p>A benchmark of which a parameter has one value throughout the base and another throughout the candidate has no row in common.
 * That may be just what somebody wants to compare, or a mistake that would give a wrong answer; so it is refused unless forced. One
 * thread.
 */
final class RowMatching {
    private final boolean forced;
    private final List<MatchedRow> rows = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    RowMatching(final Side base, final Side candidate, final boolean forced) {
        this.forced = forced;
        match(byKey(base), byKey(candidate));
    }

    List<MatchedRow> rows() {
        return List.copyOf(rows);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private static Map<RowKey, List<SessionRow>> byKey(final Side side) {
        final Map<RowKey, List<SessionRow>> byKey = new LinkedHashMap<>();
        for (final Run run : side.sessions()) {
            for (final Row row : run.rows()) {
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(SessionRow.of(run, row));
            }
        }
        return byKey;
    }

    private void match(final Map<RowKey, List<SessionRow>> base, final Map<RowKey, List<SessionRow>> candidate) {
        final Set<String> benchmarks = Stream.concat(base.keySet().stream(), candidate.keySet().stream())
                .map(RowKey::benchmark)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (final String benchmark : benchmarks) {
            final List<RowKey> inBase = keys(base, benchmark);
            final List<RowKey> inCandidate = keys(candidate, benchmark);
            final Map<String, String> differing = differing(inBase, inCandidate);
            if (differing.isEmpty()) {
                matchBy(Function.identity(), base, inBase, candidate, inCandidate, "");
                continue;
            }
            final String what = differing.entrySet().stream()
                    .map(e -> e.getKey() + '=' + e.getValue())
                    .collect(Collectors.joining(", "));
            if (forced) {
                matchBy(
                        key -> without(key, differing.keySet()),
                        base,
                        inBase,
                        candidate,
                        inCandidate,
                        "forced: " + what);
            } else {
                problems.add(new RowKey(benchmark, Map.of()).simpleName() + ": a parameter differs throughout: " + what
                        + "; not compared (--force compares all the same)");
            }
        }
    }

    private static List<RowKey> keys(final Map<RowKey, List<SessionRow>> side, final String benchmark) {
        return side.keySet().stream()
                .filter(key -> key.benchmark().equals(benchmark))
                .toList();
    }

    private void matchBy(
            final Function<RowKey, RowKey> identity,
            final Map<RowKey, List<SessionRow>> base,
            final List<RowKey> inBase,
            final Map<RowKey, List<SessionRow>> candidate,
            final List<RowKey> inCandidate,
            final String note) {
        final Map<RowKey, RowKey> open = new LinkedHashMap<>();
        inCandidate.forEach(key -> open.put(identity.apply(key), key));
        for (final RowKey key : inBase) {
            final RowKey same = open.remove(identity.apply(key));
            rows.add(
                    same == null
                            ? new MatchedRow(key, base.getOrDefault(key, List.of()), List.of(), "")
                            : new MatchedRow(
                                    same,
                                    base.getOrDefault(key, List.of()),
                                    candidate.getOrDefault(same, List.of()),
                                    note));
        }
        open.values()
                .forEach(key -> rows.add(new MatchedRow(key, List.of(), candidate.getOrDefault(key, List.of()), "")));
    }

    /** The parameters that have one value throughout the one side and another throughout the other. */
    private static Map<String, String> differing(final List<RowKey> base, final List<RowKey> candidate) {
        final Map<String, String> differing = new TreeMap<>();
        if (base.isEmpty() || candidate.isEmpty()) {
            return differing;
        }
        final Set<String> names = new TreeSet<>();
        Stream.concat(base.stream(), candidate.stream())
                .forEach(key -> names.addAll(key.params().keySet()));
        for (final String name : names) {
            final Set<String> before = values(base, name);
            final Set<String> after = values(candidate, name);
            if (before.size() == 1 && after.size() == 1 && !before.equals(after)) {
                differing.put(name, shown(before) + " in the base and " + shown(after) + " in the candidate");
            }
        }
        return differing;
    }

    private static Set<String> values(final Collection<RowKey> keys, final String name) {
        return keys.stream().map(key -> key.param(name)).collect(Collectors.toSet());
    }

    private static String shown(final Set<String> single) {
        final String value = single.iterator().next();
        return value.isEmpty() ? "(none)" : value;
    }

    private static RowKey without(final RowKey key, final Set<String> names) {
        final Map<String, String> params = new HashMap<>(key.params());
        params.keySet().removeAll(names);
        return new RowKey(key.benchmark(), params);
    }
}
