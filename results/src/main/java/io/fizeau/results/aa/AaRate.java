package io.fizeau.results.aa;

import io.fizeau.results.stats.Proportion;

/**
 * How often a measure was called different where nothing differs, at p &lt; 0.05 before any correction; one in twenty is what the test
 * promises.
 *
 * @param measure its name.
 * @param rows how many rows have it.
 * @param paired of the paired comparisons that the rounds allow without using one twice.
 * @param relabelled the same for the rounds with their sides swapped at random, averaged over the rows.
 * @param relabelledLow lower end of its 95 % interval, from resampling the rounds.
 * @param relabelledHigh upper end.
 * @param separate of the comparisons of earlier rounds of the base with later ones, which is what two runs one after the other
 *     would be; without a trial where there are too few rounds.
 */
public record AaRate(
        String measure,
        int rows,
        Proportion paired,
        double relabelled,
        double relabelledLow,
        double relabelledHigh,
        Proportion separate) {}
