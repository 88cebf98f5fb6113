package io.fizeau.results.report;

import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows that belong on one chart: the same benchmark, size, rate and link, and never a transport that spins beside one that sleeps.
 *
 * @param title what they have in common.
 * @param rows in the order in which they first ran.
 */
record RowGroup(String title, List<Row> rows) {
    private static final String TRANSPORT = "transport";
    private static final String BYTES = "messageBytes";
    private static final List<String> APART = List.of(BYTES, "rate", "impair");
    private static final Map<String, String> NAMES = Map.of(
            "RoundTripBenchmark.closed", "Closed round trip",
            "OpenLoopBenchmark.offered", "Open loop",
            "LossRecoveryBenchmark.closed", "Loss recovery, closed loop",
            "LossRecoveryBenchmark.offered", "Loss recovery, open loop",
            "GoodputBenchmark.oneWay", "Goodput");

    RowGroup {
        rows = List.copyOf(rows);
    }

    static List<RowGroup> of(final Run run, final List<Row> rows) {
        return of(run, rows, APART);
    }

    /** Groups by some of the parameters only: the others may differ within a group. */
    static List<RowGroup> of(final Run run, final List<Row> rows, final List<String> apart) {
        final Map<String, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(title(run, row.key(), apart), title -> new ArrayList<>())
                .add(row));
        return groups.entrySet().stream()
                .map(e -> new RowGroup(e.getKey(), e.getValue()))
                .toList();
    }

    private static String title(final Run run, final RowKey key, final List<String> apart) {
        final String regime = run.manifest()
                .transport(key.param(TRANSPORT))
                .map(transport -> transport.blocking() ? "blocking" : "spinning")
                .orElse("");
        return Stream.concat(
                        Stream.concat(
                                Stream.of(NAMES.getOrDefault(key.simpleName(), key.simpleName())),
                                apart.stream().map(name -> value(key, name))),
                        Stream.of(regime))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String value(final RowKey key, final String name) {
        final String value = key.param(name);
        return value.isEmpty()
                ? ""
                : switch (name) {
                    case BYTES -> value + " B";
                    case "rate" -> value + "/s";
                    default -> value;
                };
    }

    /** The row as a legend has it: the transport, and in which parameters it differs from others of the group. */
    String name(final Row row) {
        final String spec = row.key().param(TRANSPORT);
        return Stream.concat(
                        Stream.of(spec).filter(text -> !text.isEmpty()),
                        differing().stream().map(name -> name + '=' + row.key().param(name)))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" "),
                        text -> text.isEmpty() ? row.key().simpleName() : text));
    }

    /** What a row's colour follows. */
    String colour(final Row row) {
        final String spec = row.key().param(TRANSPORT);
        return Colours.of(spec.isEmpty() ? name(row) : spec);
    }

    private Set<String> differing() {
        final Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.key().params().keySet()));
        names.remove(TRANSPORT);
        names.removeIf(name ->
                rows.stream().map(row -> row.key().param(name)).distinct().count() < 2);
        return names;
    }
}
