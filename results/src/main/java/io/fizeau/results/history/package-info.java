/** One measure of a row over many runs, and where it changed. */
@NullMarked
package io.fizeau.results.history;

import org.jspecify.annotations.NullMarked;
