package io.fizeau.results.table;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Makes the lines of a run about connections, and about what security adds. Stateless. */
final class FigureLines {
    static final String CLIENT_THREADS = "clientThreads";

    private static final String TRANSPORT = "transport";
    private static final double NS_PER_SECOND = 1e9;

    private FigureLines() {}

    static List<FigureLine> of(final Run run, final List<ValidityRule> rules) {
        final List<String> order =
                run.manifest().transports().stream().map(TransportEntry::spec).toList();
        return run.rows().stream()
                .filter(row -> FigureLine.Kind.of(row.key()).isPresent())
                .map(row -> line(run, row, rules))
                .sorted(Comparator.comparing(FigureLine::kind)
                        .thenComparingDouble(line -> line.key().number("messageBytes"))
                        .thenComparingDouble(line -> line.key().number("connections"))
                        .thenComparingDouble(line -> line.key().number(CLIENT_THREADS))
                        .thenComparingDouble(line -> line.key().number("receivers"))
                        .thenComparing(FigureLine::regime, Comparator.reverseOrder())
                        .thenComparingInt(line -> order.indexOf(line.spec())))
                .toList();
    }

    private static FigureLine line(final Run run, final Row row, final List<ValidityRule> rules) {
        final FigureLine.Kind kind = FigureLine.Kind.of(row.key()).orElseThrow();
        final Validity validity = Validity.of(run, row, rules);
        final Optional<TransportEntry> transport =
                run.manifest().transport(row.key().param(TRANSPORT));
        final Optional<Row> bare = kind.isPaired()
                ? transport.map(TransportEntry::bare).flatMap(spec -> run.row(with(row.key(), spec)))
                : Optional.empty();
        final List<String> reasons = new ArrayList<>(validity.reasons());
        bare.ifPresent(without -> Validity.of(run, without, rules)
                .reasons()
                .forEach(reason -> reasons.add(without.key().param(TRANSPORT) + ": " + reason)));
        final Map<String, Summary> figures = new LinkedHashMap<>();
        final ToDoubleFunction<ForkResult> primary =
                kind == FigureLine.Kind.SECURED_ONE_WAY ? ForkMetrics::perSecond : FigureLines::p50Ns;
        addFigures(figures, kind, row);
        bare.ifPresent(without -> figures.put(
                FigureLine.ADDED,
                added(
                        row,
                        without,
                        kind == FigureLine.Kind.SECURED_ONE_WAY
                                ? fork -> NS_PER_SECOND / ForkMetrics.perSecond(fork)
                                : FigureLines::p50Ns)));
        return new FigureLine(
                kind,
                row.key(),
                row.key().param(TRANSPORT),
                transport.map(t -> t.blocking() ? "blocking" : "spinning").orElse("regime unknown"),
                bare.map(without -> without.key().param(TRANSPORT)).orElse(""),
                figures,
                bare.map(without -> ratio(row, without, primary)).orElse(PairedRatio.of(new double[0], new double[0])),
                reasons.stream().distinct().toList(),
                validity.remarks());
    }

    private static void addFigures(final Map<String, Summary> figures, final FigureLine.Kind kind, final Row row) {
        if (kind == FigureLine.Kind.SET_UP || kind == FigureLine.Kind.HANDSHAKES) {
            figures.put(FigureLine.OPENED_P50, over(row, fork -> ForkMetrics.merged(fork, "opened:p50")));
        }
        if (kind != FigureLine.Kind.SECURED_ONE_WAY) {
            figures.put(FigureLine.P50, over(row, FigureLines::p50Ns));
            figures.put(FigureLine.P99, over(row, fork -> ForkMetrics.closedNs(fork, 99)));
        }
        if (kind == FigureLine.Kind.FANNED_OUT) {
            figures.put(FigureLine.COPY_P50, over(row, fork -> ForkMetrics.merged(fork, "copy:p50")));
        }
        if (row.mode().equals("thrpt")) {
            figures.put(FigureLine.RATE, over(row, ForkMetrics::perSecond));
        }
        if (kind == FigureLine.Kind.ECHOED) {
            figures.put(FigureLine.CLIENT_HEAP, memory(row, "client:memory.heap"));
            figures.put(FigureLine.CLIENT_OUTSIDE, memory(row, "client:memory.outside"));
            figures.put(FigureLine.SERVER_HEAP, memory(row, "server:memory.heap"));
            figures.put(FigureLine.SERVER_OUTSIDE, memory(row, "server:memory.outside"));
        }
        figures.put(FigureLine.CLIENT_CPU, over(row, fork -> ForkMetrics.secondary(fork, "client:cpu.norm")));
        figures.put(FigureLine.SERVER_CPU, over(row, fork -> ForkMetrics.secondary(fork, "server:cpu.norm")));
        figures.put(FigureLine.CLIENT_ALLOCATED, over(row, ForkMetrics::clientAllocation));
        figures.put(
                FigureLine.SERVER_ALLOCATED,
                over(row, fork -> ForkMetrics.secondary(fork, ForkMetrics.SERVER_ALLOCATION)));
    }

    private static Summary memory(final Row row, final String label) {
        return over(row, fork -> ForkMetrics.secondary(fork, label));
    }

    private static double p50Ns(final ForkResult fork) {
        return ForkMetrics.closedNs(fork, 50);
    }

    private static Summary over(final Row row, final ToDoubleFunction<ForkResult> metric) {
        return ForkMetrics.over(row, metric);
    }

    private static RowKey with(final RowKey key, final String spec) {
        final Map<String, String> params = new TreeMap<>(key.params());
        params.put(TRANSPORT, spec);
        return new RowKey(key.benchmark(), params);
    }

    private static PairedRatio ratio(final Row row, final Row without, final ToDoubleFunction<ForkResult> metric) {
        final double[][] pairs = pairs(row, without, metric);
        return PairedRatio.of(pairs[1], pairs[0]);
    }

    private static Summary added(final Row row, final Row without, final ToDoubleFunction<ForkResult> metric) {
        final double[][] pairs = pairs(row, without, metric);
        final double[] differences = new double[pairs[0].length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = pairs[0][i] - pairs[1][i];
        }
        return Summary.of(differences);
    }

    /** The values of both in the rounds that both have: first the row's, then those of it without. */
    private static double[][] pairs(final Row row, final Row without, final ToDoubleFunction<ForkResult> metric) {
        final Map<Integer, Double> with = byRound(row, metric);
        final Map<Integer, Double> bare = byRound(without, metric);
        with.keySet().retainAll(bare.keySet());
        bare.keySet().retainAll(with.keySet());
        return new double[][] {values(with), values(bare)};
    }

    private static Map<Integer, Double> byRound(final Row row, final ToDoubleFunction<ForkResult> metric) {
        final Map<Integer, Double> values = new TreeMap<>();
        row.okForks().forEach(fork -> values.putIfAbsent(fork.entry().round(), metric.applyAsDouble(fork)));
        return values;
    }

    private static double[] values(final Map<Integer, Double> byRound) {
        return byRound.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
