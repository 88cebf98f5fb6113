package io.fizeau.results.report;

import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import java.util.ArrayList;
import java.util.Comparator;
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
    /** What a parameter says when nothing was set. */
    private static final Set<String> UNSET = Set.of("", "host", "auto", "none");

    private static final List<Map.Entry<String, String>> NAMES = List.of(
            Map.entry("RoundTripBenchmark.closed", "Closed round trip"),
            Map.entry("OpenLoopBenchmark.offered", "Open loop"),
            Map.entry("LossRecoveryBenchmark.closed", "Loss recovery, closed loop"),
            Map.entry("LossRecoveryBenchmark.offered", "Loss recovery, open loop"),
            Map.entry("SecurityBenchmark.closed", "Security, round trip"),
            Map.entry("ConnectionBenchmark.setUp", "New connection"),
            Map.entry("ConnectionBenchmark.echoed", "Echoing connections"),
            Map.entry("ConnectionBenchmark.fannedOut", "One to many"));

    RowGroup {
        rows = List.copyOf(rows);
    }

    /** Known benchmarks first, small messages and low rates first, what spins first; transports in the order of the manifest. */
    static List<RowGroup> of(final Run run, final List<Row> rows) {
        final List<String> order =
                run.manifest().transports().stream().map(TransportEntry::spec).toList();
        final Map<String, List<Row>> groups = new LinkedHashMap<>();
        rows.stream()
                .sorted(Comparator.comparingInt((Row row) -> rank(row.key()))
                        .thenComparingDouble(row -> row.key().number(BYTES))
                        .thenComparingDouble(row -> row.key().number("rate"))
                        .thenComparingDouble(row -> LinkCharts.loss(row) > 0 ? LinkCharts.loss(row) : 0)
                        .thenComparing(row -> regime(run, row.key()), Comparator.reverseOrder())
                        .thenComparingInt(row -> order.indexOf(row.key().param(TRANSPORT))))
                .forEach(row -> groups.computeIfAbsent(title(run, row.key()), title -> new ArrayList<>())
                        .add(row));
        return groups.entrySet().stream()
                .map(e -> new RowGroup(e.getKey(), e.getValue()))
                .toList();
    }

    private static int rank(final RowKey key) {
        for (int i = 0; i < NAMES.size(); i++) {
            if (NAMES.get(i).getKey().equals(key.simpleName())) {
                return i;
            }
        }
        return NAMES.size();
    }

    private static String title(final Run run, final RowKey key) {
        final int rank = rank(key);
        final String name = rank < NAMES.size() ? NAMES.get(rank).getValue() : key.simpleName();
        return Stream.concat(
                        Stream.concat(Stream.of(name), APART.stream().map(param -> value(key, param))),
                        Stream.of(regime(run, key)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String regime(final Run run, final RowKey key) {
        return run.manifest()
                .transport(key.param(TRANSPORT))
                .map(transport -> transport.blocking() ? "blocking" : "spinning")
                .orElse("");
    }

    private static String value(final RowKey key, final String name) {
        final String value = key.param(name);
        return UNSET.contains(value)
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
                        differing().stream()
                                .filter(name -> !UNSET.contains(row.key().param(name)))
                                .map(name -> name + '=' + row.key().param(name)))
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
