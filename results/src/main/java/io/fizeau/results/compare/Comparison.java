package io.fizeau.results.compare;

import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.PairedRatio;

/**
 * One row beside the reference of its group.
 *
 * @param row the row.
 * @param reference the row it is compared with; itself for the reference.
 * @param ratio row over reference, of the median round trip.
 * @param holmP the p-value of the paired t test after Holm's correction; NaN where there is no test.
 * @param verdict what may be said.
 */
public record Comparison(RowKey row, RowKey reference, PairedRatio ratio, double holmP, Verdict verdict) {}
