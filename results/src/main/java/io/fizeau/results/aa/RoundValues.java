package io.fizeau.results.aa;

import io.fizeau.results.compare.ComparisonVerdict;
import io.fizeau.results.compare.Resolution;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.RatioEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values of one measure of one row on both sides, by round. Immutable. */
final class RoundValues {
    private final RowKey row;
    private final Measure measure;
    private final double[] base;
    private final double[] candidate;

    private RoundValues(final RowKey row, final Measure measure, final double[] base, final double[] candidate) {
        this.row = row;
        this.measure = measure;
        this.base = base;
        this.candidate = candidate;
    }

    static RoundValues of(final Run base, final Run candidate, final RowKey row, final Measure measure) {
        final Map<Integer, Double> ofBase = byRound(base, row, measure);
        final Map<Integer, Double> ofCandidate = byRound(candidate, row, measure);
        ofBase.keySet().retainAll(ofCandidate.keySet());
        ofCandidate.keySet().retainAll(ofBase.keySet());
        return new RoundValues(row, measure, values(ofBase), values(ofCandidate));
    }

    private static Map<Integer, Double> byRound(final Run run, final RowKey key, final Measure measure) {
        final Map<Integer, Double> values = new TreeMap<>();
        for (final ForkResult fork : run.row(key).map(Row::okForks).orElse(List.of())) {
            final double value = Resolution.counted(measure, measure.of(fork));
            // There is no ratio to nothing.
            if (value > 0 && Double.isFinite(value)) {
                values.putIfAbsent(fork.entry().round(), value);
            }
        }
        return values;
    }

    private static double[] values(final Map<Integer, Double> byRound) {
        return byRound.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    RowKey row() {
        return row;
    }

    Measure measure() {
        return measure;
    }

    double[] base() {
        return base.clone();
    }

    double[] candidate() {
        return candidate.clone();
    }

    int rounds() {
        return base.length;
    }

    double[] logRatios() {
        final double[] logs = new double[base.length];
        Arrays.setAll(logs, i -> Math.log(candidate[i] / base[i]));
        return logs;
    }

    /** Of as many comparisons as there are blocks of enough rounds, one after the other. */
    List<Double> pairedPValues() {
        final List<Double> pValues = new ArrayList<>();
        final int blocks = base.length / ComparisonVerdict.MIN_FORKS;
        for (int block = 0; block < blocks; block++) {
            final int from = block * base.length / blocks;
            final int to = (block + 1) * base.length / blocks;
            pValues.add(
                    RatioEstimate.paired(Arrays.copyOfRange(base, from, to), Arrays.copyOfRange(candidate, from, to))
                            .pValue());
        }
        return pValues;
    }

    /**
     * Of the base by itself: two blocks of rounds one after the other, as two separate runs would be. The candidate's rounds, which saw
     * the same machine at the same time, would only say it again.
     */
    List<Double> separatePValues() {
        final List<Double> pValues = new ArrayList<>();
        final int pairs = base.length / (2 * ComparisonVerdict.MIN_FORKS);
        for (int pair = 0; pair < pairs; pair++) {
            final int from = pair * base.length / pairs;
            final int to = (pair + 1) * base.length / pairs;
            final int middle = (from + to) / 2;
            pValues.add(
                    RatioEstimate.unpaired(Arrays.copyOfRange(base, from, middle), Arrays.copyOfRange(base, middle, to))
                            .pValue());
        }
        return pValues;
    }
}
