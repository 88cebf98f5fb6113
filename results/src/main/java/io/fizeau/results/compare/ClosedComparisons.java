package io.fizeau.results.compare;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import io.fizeau.results.stats.HolmCorrection;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares the transports of a run by the median of the closed round trip, each with the reference of its group. A group is what
 * can be compared at all: the same parameters apart from the transport, and the same regime, because a blocked thread costs a
 * wake-up that a spinning one does not.
 *
 * <p>The reference is {@code tcp-nio} itself; where a group has none, {@code tcp-nio} with options (the first that ran), then
 * {@code tcp-blocking} in the same way. The harness's own floor is no competitor and is left out.
 *
 * <p>The family for Holm's correction is all comparisons of the run that may get a verdict. Stateless.
 */
public final class ClosedComparisons {
    /** The end of the name of the benchmark that is compared. */
    public static final String BENCHMARK = "RoundTripBenchmark.closed";

    private static final String TRANSPORT = "transport";

    private ClosedComparisons() {}

    /**
     * Compares all closed rows of a run.
     *
     * @param run any run.
     * @param rules what makes a row invalid.
     * @return a comparison for each row that has a reference, in the order of the rows.
     */
    public static Map<RowKey, Comparison> of(final Run run, final List<ValidityRule> rules) {
        final List<Comparison> undecided = new ArrayList<>();
        for (final List<Row> group : groups(run)) {
            reference(run, group).ifPresent(reference -> group.forEach(row -> undecided.add(compare(row, reference))));
        }
        final double[] pValues = undecided.stream()
                .mapToDouble(c -> mayGetVerdict(run, rules, c) ? c.ratio().pValue() : Double.NaN)
                .toArray();
        final double[] adjusted = HolmCorrection.adjust(pValues);
        final Map<RowKey, Comparison> decided = new LinkedHashMap<>();
        for (int i = 0; i < adjusted.length; i++) {
            final Comparison c = undecided.get(i);
            decided.put(
                    c.row(),
                    new Comparison(
                            c.row(), c.reference(), c.ratio(), adjusted[i], verdict(run, rules, c, adjusted[i])));
        }
        return decided;
    }

    private static Collection<List<Row>> groups(final Run run) {
        final Map<Map<String, String>, List<Row>> groups = new LinkedHashMap<>();
        for (final Row row : run.rows()) {
            final Optional<TransportEntry> transport =
                    run.manifest().transport(row.key().param(TRANSPORT));
            if (row.key().benchmark().endsWith(BENCHMARK)
                    && transport.map(TransportEntry::competes).orElse(false)) {
                final Map<String, String> group = new TreeMap<>(row.key().params());
                group.put(TRANSPORT, transport.get().blocking() ? "blocking" : "spinning");
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(row);
            }
        }
        return groups.values();
    }

    private static Optional<Row> reference(final Run run, final List<Row> group) {
        final Stream<Predicate<TransportEntry>> preferences = Stream.of("tcp-nio", "tcp-blocking")
                .flatMap(name ->
                        Stream.of(t -> t.spec().equals(name), t -> t.name().equals(name)));
        return preferences
                .flatMap(preferred -> group.stream()
                        .filter(row -> run.manifest()
                                .transport(row.key().param(TRANSPORT))
                                .filter(preferred)
                                .isPresent())
                        .limit(1))
                .findFirst();
    }

    private static Comparison compare(final Row row, final Row reference) {
        final Map<Integer, Double> referenceByRound = byRound(reference);
        final Map<Integer, Double> candidateByRound = byRound(row);
        candidateByRound.keySet().retainAll(referenceByRound.keySet());
        referenceByRound.keySet().retainAll(candidateByRound.keySet());
        final PairedRatio ratio = PairedRatio.of(values(referenceByRound), values(candidateByRound));
        return new Comparison(
                row.key(),
                reference.key(),
                ratio,
                Double.NaN,
                row.equals(reference) ? Verdict.REFERENCE : Verdict.NO_VERDICT);
    }

    private static Map<Integer, Double> byRound(final Row row) {
        final Map<Integer, Double> values = new TreeMap<>();
        for (final ForkResult fork : row.okForks()) {
            values.putIfAbsent(fork.entry().round(), ForkMetrics.closedNs(fork, 50));
        }
        return values;
    }

    private static double[] values(final Map<Integer, Double> byRound) {
        return byRound.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean mayGetVerdict(final Run run, final List<ValidityRule> rules, final Comparison c) {
        return c.verdict() != Verdict.REFERENCE
                && c.ratio().pairs() >= Verdict.MIN_PAIRS
                && isValid(run, rules, c.row())
                && isValid(run, rules, c.reference());
    }

    private static Verdict verdict(
            final Run run, final List<ValidityRule> rules, final Comparison c, final double holmP) {
        if (!isValid(run, rules, c.row())) {
            return Verdict.INVALID;
        }
        if (c.verdict() == Verdict.REFERENCE || !isValid(run, rules, c.reference())) {
            return c.verdict();
        }
        return Verdict.of(c.ratio(), holmP, Verdict.EQUIVALENCE_MARGIN);
    }

    private static boolean isValid(final Run run, final List<ValidityRule> rules, final RowKey key) {
        return run.row(key).map(row -> Validity.of(run, row, rules).isValid()).orElse(false);
    }
}
