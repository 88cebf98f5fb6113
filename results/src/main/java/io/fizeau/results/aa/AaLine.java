package io.fizeau.results.aa;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.DetectableEffect;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.RoundsNeeded;
import java.util.List;

/**
 * One measure of one row, beside itself.
 *
 * @param row the row.
 * @param measure what was measured.
 * @param ratio of the two sides, by round; 1 apart from chance where both are the same program.
 * @param relabelled the share of relabelings of its rounds in which the paired test finds a difference.
 */
public record AaLine(RowKey row, Measure measure, PairedRatio ratio, double relabelled) {
    /** The numbers of forks a side for which a line says what could be seen. */
    public static final List<Integer> FORKS = List.of(6, 10, 20, 40);

    /**
     * {@return the smallest difference that a paired comparison of so many rounds would find in four of five, as a share}
     *
     * @param forks a side, which is the number of rounds.
     */
    public double detectable(final int forks) {
        return DetectableEffect.relative(ratio.sdLog(), forks);
    }

    /**
     * {@return the same with the upper bound of the spread, which is itself known from a few rounds only; the true one lies below it in
     * four of five cases}
     *
     * @param forks a side.
     */
    public double detectableAtMost(final int forks) {
        return DetectableEffect.relative(RoundsNeeded.upperBound(ratio.sdLog(), ratio.pairs()), forks);
    }
}
