/** Where a series of numbers changed. */
@NullMarked
package io.fizeau.results.stats.change;

import org.jspecify.annotations.NullMarked;
