/** Comma-separated values as every command writes them. */
@NullMarked
package io.fizeau.results.csv;

import org.jspecify.annotations.NullMarked;
