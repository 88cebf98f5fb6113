package io.fizeau.results.table;

import io.fizeau.results.compare.ClosedComparisons;
import io.fizeau.results.compare.Comparison;
import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the table of one run: puts the rows of one transport and size into one line, and the lines into groups. */
final class RunTableAssembly {
    private static final String ONE_WAY = "ThroughputBenchmark.oneWay";
    private static final String TRANSPORT = "transport";
    private static final String MESSAGE_BYTES = "messageBytes";
    private static final String SENDS = "sends";
    private static final Summary NOTHING = Summary.of();

    private final Run run;
    private final List<ValidityRule> rules;
    private final Map<RowKey, Comparison> comparisons;

    RunTableAssembly(final Run run, final List<ValidityRule> rules) {
        this.run = run;
        this.rules = rules;
        this.comparisons = ClosedComparisons.of(run, rules);
    }

    RunTable assemble() {
        // Line by line: the same parameters apart from how the messages were sent.
        final Map<Map<String, String>, List<Row>> lines = new LinkedHashMap<>();
        final List<OtherLine> others = new ArrayList<>();
        for (final Row row : run.rows()) {
            if (LinkLines.kind(row).isEmpty() && run.hasManifest() && (isClosed(row) || isOneWay(row))) {
                final Map<String, String> line = new TreeMap<>(row.key().params());
                line.remove(SENDS);
                // Only the round trip has this parameter; at its default it must not part it from the one-way row.
                line.remove("service", "none");
                lines.computeIfAbsent(line, key -> new ArrayList<>()).add(row);
            } else if (!OpenLoopMetrics.isOpenLoop(row)
                    && LinkLines.kind(row).isEmpty()
                    && FigureLine.Kind.of(row.key()).isEmpty()) {
                others.add(other(row));
            }
        }
        others.sort(Comparator.comparing((OtherLine line) -> line.key().simpleName())
                .thenComparingInt(line -> transportOrder(line.key().params()))
                .thenComparingLong(line -> bytes(line.key().params())));
        final List<Map<String, String>> order = new ArrayList<>(lines.keySet());
        order.sort(Comparator.<Map<String, String>>comparingLong(RunTableAssembly::bytes)
                .thenComparing(RunTableAssembly::others)
                .thenComparing(this::regime, Comparator.reverseOrder())
                .thenComparingInt(this::transportOrder));
        final List<TransportLine> floors = new ArrayList<>();
        final Map<String, List<TransportLine>> groups = new LinkedHashMap<>();
        final Map<String, String> regimes = new LinkedHashMap<>();
        final Set<String> differing =
                differing(order.stream().filter(params -> !isFloor(params)).toList());
        for (final Map<String, String> params : order) {
            final TransportLine line = line(params, lines.getOrDefault(params, List.of()));
            if (isFloor(params)) {
                floors.add(line);
                continue;
            }
            final String title = title(params, differing);
            groups.computeIfAbsent(title, key -> new ArrayList<>()).add(line);
            regimes.put(title, regime(params));
        }
        return new RunTable(
                run,
                floors,
                groups.entrySet().stream()
                        .map(e -> group(e.getKey(), regimes.getOrDefault(e.getKey(), ""), e.getValue()))
                        .toList(),
                OpenLines.of(run, rules),
                LinkLines.of(run, rules),
                FigureLines.of(run, rules),
                others,
                leftOut(lines.keySet()),
                (int) comparisons.values().stream()
                        .filter(c -> !Double.isNaN(c.holmP()))
                        .count());
    }

    private TransportGroup group(final String title, final String regime, final List<TransportLine> lines) {
        final String reference = lines.stream()
                .flatMap(line -> line.comparison().stream())
                .map(c -> c.reference().param(TRANSPORT))
                .findFirst()
                .orElse("");
        return new TransportGroup(title, regime, reference, lines);
    }

    private TransportLine line(final Map<String, String> params, final List<Row> rows) {
        final Optional<Row> closed =
                rows.stream().filter(RunTableAssembly::isClosed).findFirst();
        final Optional<TransportEntry> transport = transport(params);
        final Map<String, Validity> validity = new LinkedHashMap<>();
        rows.forEach(row -> validity.put(rowName(row), Validity.of(run, row, rules)));
        return new TransportLine(
                params.getOrDefault(TRANSPORT, "(no transport)"),
                transport.map(TransportEntry::guarantees).orElse(List.of()),
                params.getOrDefault(MESSAGE_BYTES, ""),
                closed.map(row -> ForkMetrics.over(row, fork -> ForkMetrics.closedNs(fork, 50)))
                        .orElse(NOTHING),
                closed.map(row -> ForkMetrics.over(row, fork -> ForkMetrics.closedNs(fork, 99)))
                        .orElse(NOTHING),
                closed.map(row -> comparisons.get(row.key())),
                rate(rows, false),
                rate(rows, true),
                allocation(rows, ForkMetrics::clientAllocation),
                allocation(rows, fork -> ForkMetrics.secondary(fork, ForkMetrics.SERVER_ALLOCATION)),
                texts(validity, Validity::reasons),
                texts(validity, Validity::remarks));
    }

    private static Summary rate(final List<Row> rows, final boolean each) {
        return rows.stream()
                .filter(row -> isOneWay(row) && row.key().param(SENDS).equals("each") == each)
                .map(row -> ForkMetrics.over(row, ForkMetrics::perSecond))
                .findFirst()
                .orElse(NOTHING);
    }

    /** Of the round trip if it has one; otherwise of the first other row that does. */
    private static Summary allocation(final List<Row> rows, final ToDoubleFunction<ForkResult> metric) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> !isClosed(row)))
                .map(row -> ForkMetrics.over(row, metric))
                .filter(Summary::isPresent)
                .findFirst()
                .orElse(NOTHING);
    }

    /** Says each thing once; names the row unless all rows of the line share it. */
    private static List<String> texts(
            final Map<String, Validity> validity, final Function<Validity, List<String>> kind) {
        final Set<String> texts = new LinkedHashSet<>();
        validity.forEach((name, of) -> kind.apply(of)
                .forEach(text -> texts.add(
                        validity.values().stream().allMatch(v -> kind.apply(v).contains(text))
                                ? text
                                : name + ": " + text)));
        return List.copyOf(texts);
    }

    private OtherLine other(final Row row) {
        final Validity validity = Validity.of(run, row, rules);
        return new OtherLine(
                row.key(),
                label(row.key()),
                row.mode(),
                row.okForks().size(),
                ForkMetrics.over(row, ForkMetrics::timeNs),
                ForkMetrics.over(row, fork -> ForkMetrics.percentileNs(fork, 99)),
                ForkMetrics.over(row, ForkMetrics::perSecond),
                validity.reasons(),
                validity.remarks());
    }

    private String label(final RowKey key) {
        final StringJoiner label = new StringJoiner(" ").add(key.simpleName());
        if (key.params().containsKey(TRANSPORT)) {
            label.add(key.param(TRANSPORT));
        }
        if (key.params().containsKey(MESSAGE_BYTES)) {
            label.add(key.param(MESSAGE_BYTES) + " B");
        }
        final List<Map<String, String>> alike = run.rows().stream()
                .map(Row::key)
                .filter(other -> other.benchmark().equals(key.benchmark()))
                .map(RowKey::params)
                .toList();
        differing(alike).forEach(name -> label.add(name + '=' + key.param(name)));
        return label.toString();
    }

    /** The names of parameters that do not have one value in all, apart from those that every line shows. */
    private static Set<String> differing(final Collection<Map<String, String>> lines) {
        final Set<String> names = new TreeSet<>();
        lines.forEach(params -> names.addAll(params.keySet()));
        names.removeAll(Set.of(TRANSPORT, MESSAGE_BYTES));
        names.removeIf(name -> lines.stream()
                        .map(params -> params.getOrDefault(name, ""))
                        .distinct()
                        .count()
                < 2);
        return names;
    }

    private List<Manifest.LeftOut> leftOut(final Collection<Map<String, String>> lines) {
        final Set<String> measured = Stream.concat(
                        lines.stream().map(params -> params.getOrDefault(TRANSPORT, "")),
                        run.rows().stream().map(row -> row.key().param(TRANSPORT)))
                .collect(Collectors.toSet());
        final Set<String> named =
                run.manifest().leftOut().stream().map(Manifest.LeftOut::spec).collect(Collectors.toSet());
        final Stream<Manifest.LeftOut> unavailable = run.manifest().transports().stream()
                .filter(t -> !measured.contains(t.spec()) && !named.contains(t.spec()))
                .map(t -> new Manifest.LeftOut(
                        t.spec(), t.available() ? "no fork of it was finished" : "cannot run here: " + t.reason()));
        return Stream.concat(run.manifest().leftOut().stream(), unavailable).toList();
    }

    /** The values of the parameters beside the transport and the size, for sorting. */
    private static String others(final Map<String, String> params) {
        final Map<String, String> others = new TreeMap<>(params);
        others.keySet().removeAll(Set.of(TRANSPORT, MESSAGE_BYTES));
        return others.toString();
    }

    private boolean isFloor(final Map<String, String> params) {
        return !transport(params).map(TransportEntry::competes).orElse(true);
    }

    private String title(final Map<String, String> params, final Set<String> differing) {
        return Stream.concat(
                        Stream.of(
                                params.containsKey(MESSAGE_BYTES) ? params.get(MESSAGE_BYTES) + " B" : "",
                                regime(params)),
                        differing.stream().map(name -> name + '=' + params.getOrDefault(name, "")))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String regime(final Map<String, String> params) {
        return transport(params)
                .map(t -> t.blocking() ? "blocking" : "spinning")
                .orElse("regime unknown");
    }

    private Optional<TransportEntry> transport(final Map<String, String> params) {
        return run.manifest().transport(params.getOrDefault(TRANSPORT, ""));
    }

    private int transportOrder(final Map<String, String> params) {
        final List<String> specs =
                run.manifest().transports().stream().map(TransportEntry::spec).toList();
        final int index = specs.indexOf(params.getOrDefault(TRANSPORT, ""));
        return index < 0 ? specs.size() : index;
    }

    private static long bytes(final Map<String, String> params) {
        try {
            return Long.parseLong(params.getOrDefault(MESSAGE_BYTES, "0"));
        } catch (final NumberFormatException ignored) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean isClosed(final Row row) {
        return row.key().benchmark().endsWith(ClosedComparisons.BENCHMARK);
    }

    private static boolean isOneWay(final Row row) {
        return row.key().benchmark().endsWith(ONE_WAY);
    }

    private static String rowName(final Row row) {
        final String sends = row.key().param(SENDS);
        return isClosed(row) ? "closed" : "one way" + (sends.isEmpty() ? "" : " (" + sends + ")");
    }
}
