/** Charts of a report: what they show, as data for the page's script and as a table for whoever cannot see them. */
@NullMarked
package io.fizeau.results.report.chart;

import org.jspecify.annotations.NullMarked;
