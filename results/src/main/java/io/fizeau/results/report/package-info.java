/** {@code report.html}: one offline page about a run, or about two runs beside each other. */
@NullMarked
package io.fizeau.results.report;

import org.jspecify.annotations.NullMarked;
