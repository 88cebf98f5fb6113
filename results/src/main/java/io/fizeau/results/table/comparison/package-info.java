/** Two sides beside each other, and a machine beside itself, as text, CSV, JSON and Markdown. */
@NullMarked
package io.fizeau.results.table.comparison;

import org.jspecify.annotations.NullMarked;
