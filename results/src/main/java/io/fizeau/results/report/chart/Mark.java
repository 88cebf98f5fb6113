package io.fizeau.results.report.chart;

import io.fizeau.results.stats.Summary;

/**
 * One place on a line.
 *
 * @param x where, in the unit of the axis.
 * @param y middle and range over forks, in the unit of the other axis.
 * @param valid false if it must not be believed.
 * @param note what stands behind it, in a few words; may be empty.
 */
public record Mark(double x, Summary y, boolean valid, String note) {}
