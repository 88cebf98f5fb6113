package io.fizeau.results.stats.change;

/**
 * A place at which a series changed.
 *
 * @param index of the first value after it, from 0.
 * @param pValue of the permutation test that accepted it: so often the same values in a random order show as much.
 * @param statistic the scaled energy distance Q of the values before and after it, in the unit of the series.
 */
public record Change(int index, double pValue, double statistic) {}
