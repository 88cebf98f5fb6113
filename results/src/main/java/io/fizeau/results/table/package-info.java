/** The final table of a run: what it shows, and its renderings as text, CSV, JSON and Markdown. */
@NullMarked
package io.fizeau.results.table;

import org.jspecify.annotations.NullMarked;
