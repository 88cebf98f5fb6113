/** The statistics of record: paired ratios with their intervals, corrections for many tests, what could be detected. */
@NullMarked
package io.fizeau.results.stats;

import org.jspecify.annotations.NullMarked;
