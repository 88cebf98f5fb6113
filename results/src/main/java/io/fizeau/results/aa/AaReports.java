package io.fizeau.results.aa;

import io.fizeau.results.compare.ComparedLine;
import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.compare.ComparisonVerdict;
import io.fizeau.results.compare.Design;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.compare.RunComparisons;
import io.fizeau.results.compare.Side;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Reads two interleaved runs of the same program as a measurement of the machine. Stateless. */
public final class AaReports {
    private static final String JAR = "jarSha256";

    private AaReports() {}

    /**
     * Reads them.
     *
     * @param base the one side.
     * @param candidate the other side of the same interleaved run.
     * @param options which measures; the threshold is that of the verdicts.
     * @param seed of the relabelings and the bootstrap: the same gives the same report.
     * @return what the machine calls different, and what it could see.
     * @throws ResultsException if the two are not the sides of one interleaved run, or hold no valid row.
     */
    public static AaReport of(final Run base, final Run candidate, final ComparisonOptions options, final long seed) {
        final RunComparison comparison = RunComparisons.of(Side.of(base), Side.of(candidate), options);
        if (comparison.design() != Design.PAIRED) {
            throw new ResultsException(base.location() + " and " + candidate.location()
                    + ": are not the two sides of one interleaved run; 'fizeau aa' measures such a pair");
        }
        final Map<String, List<RoundValues>> byMeasure = new LinkedHashMap<>();
        final List<String> notes = new ArrayList<>();
        for (final ComparedLine line : comparison.lines()) {
            if (line.verdict() == ComparisonVerdict.INVALID || line.verdict() == ComparisonVerdict.ONE_SIDE_ONLY) {
                notes.add(line.row() + " " + line.measure().name() + ": left out, "
                        + line.verdict().label() + " (" + String.join("; ", line.reasons()) + ")");
            } else {
                final RoundValues values = RoundValues.of(base, candidate, line.row(), line.measure());
                if (values.rounds() >= 2) {
                    byMeasure
                            .computeIfAbsent(line.measure().name(), name -> new ArrayList<>())
                            .add(values);
                }
            }
        }
        if (byMeasure.isEmpty()) {
            throw new ResultsException(base.location() + " and " + candidate.location()
                    + ": hold no valid row with at least two rounds on both sides"
                    + (notes.isEmpty() ? "" : "; " + notes.get(0)));
        }
        final SplittableRandom random = new SplittableRandom(seed);
        final List<AaRate> rates = new ArrayList<>();
        final List<AaLine> lines = new ArrayList<>();
        int rounds = 0;
        for (final Map.Entry<String, List<RoundValues>> entry : byMeasure.entrySet()) {
            final List<AaLine> ofMeasure = new ArrayList<>();
            for (final RoundValues values : entry.getValue()) {
                rounds = Math.max(rounds, values.rounds());
                ofMeasure.add(new AaLine(
                        values.row(),
                        values.measure(),
                        PairedRatio.of(values.base(), values.candidate()),
                        Relabeling.share(values.logRatios(), random)));
            }
            lines.addAll(ofMeasure);
            rates.add(rate(entry.getKey(), entry.getValue(), ofMeasure, random));
        }
        return new AaReport(comparison, isSameBuild(base, candidate), rounds, rates, lines, notes);
    }

    private static AaRate rate(
            final String measure,
            final List<RoundValues> rows,
            final List<AaLine> lines,
            final SplittableRandom random) {
        int pairedHits = 0;
        int pairedTrials = 0;
        int separateHits = 0;
        int separateTrials = 0;
        for (final RoundValues row : rows) {
            for (final double p : row.pairedPValues()) {
                pairedTrials++;
                pairedHits += p < ComparisonVerdict.SIGNIFICANCE ? 1 : 0;
            }
            for (final double p : row.separatePValues()) {
                separateTrials++;
                separateHits += p < ComparisonVerdict.SIGNIFICANCE ? 1 : 0;
            }
        }
        final double[] interval =
                Relabeling.interval(rows.stream().map(RoundValues::logRatios).toArray(double[][]::new), random);
        return new AaRate(
                measure,
                rows.size(),
                new Proportion(pairedHits, pairedTrials),
                lines.stream().mapToDouble(AaLine::relabelled).average().orElse(Double.NaN),
                interval[0],
                interval[1],
                new Proportion(separateHits, separateTrials));
    }

    private static boolean isSameBuild(final Run base, final Run candidate) {
        final String jar = base.manifest().build().getOrDefault(JAR, "");
        return jar.equals(candidate.manifest().build().getOrDefault(JAR, ""));
    }
}
