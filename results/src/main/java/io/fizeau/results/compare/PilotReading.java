package io.fizeau.results.compare;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.DetectableEffect;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.RoundsNeeded;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pilot says about the number of rounds: as many as the most restless comparison of the closed p50 takes.
 *
 * @param rounds how many the pilot had.
 * @param detect the difference that is to be found, as a share.
 * @param needed how many rounds that takes.
 * @param chosen the same within the limits.
 * @param detectable the difference that so many rounds find with the same power.
 * @param lines one for each comparison.
 */
public record PilotReading(int rounds, double detect, int needed, int chosen, double detectable, List<Line> lines) {
    /** More than this is not chosen by itself. */
    public static final int MOST_ROUNDS = 200;

    /** Copies the list. */
    public PilotReading {
        lines = List.copyOf(lines);
    }

    /**
     * One comparison.
     *
     * @param row that was compared.
     * @param reference with which transport.
     * @param pairs in how many rounds.
     * @param sdLog the spread of its paired log ratios.
     * @param sdLogUpper the upper bound that counts.
     * @param needed how many rounds it takes.
     */
    public record Line(RowKey row, String reference, int pairs, double sdLog, double sdLogUpper, int needed) {}

    /**
     * Reads a pilot. Whether its rows are valid does not matter here: that is judged on what is measured after it.
     *
     * @param pilot its run folder.
     * @param detect the difference in the closed p50 that is to be found, as a share.
     * @return how many rounds that takes.
     * @throws ResultsException if the pilot compares nothing.
     */
    public static PilotReading of(final Run pilot, final double detect) {
        final List<Line> lines = new ArrayList<>();
        ClosedComparisons.of(pilot, List.of()).values().stream()
                .filter(comparison -> !comparison.row().equals(comparison.reference()))
                .forEach(comparison -> {
                    final PairedRatio ratio = comparison.ratio();
                    if (ratio.pairs() >= 2) {
                        final double upper = RoundsNeeded.upperBound(ratio.sdLog(), ratio.pairs());
                        lines.add(new Line(
                                comparison.row(),
                                comparison.reference().param("transport"),
                                ratio.pairs(),
                                ratio.sdLog(),
                                upper,
                                RoundsNeeded.of(upper, detect)));
                    }
                });
        if (lines.isEmpty()) {
            throw new ResultsException(pilot.location()
                    + ": compares no closed round trips of two transports of the same kind (spinning or blocking), of which at"
                    + " least two rounds went well");
        }
        final int needed = lines.stream().mapToInt(Line::needed).max().orElseThrow();
        final int chosen = Math.max(Verdict.MIN_PAIRS, Math.min(MOST_ROUNDS, needed));
        final double detectable = lines.stream()
                .mapToDouble(line -> DetectableEffect.relative(line.sdLogUpper(), chosen))
                .max()
                .orElseThrow();
        return new PilotReading(pilot.manifest().rounds().finished(), detect, needed, chosen, detectable, lines);
    }
}
