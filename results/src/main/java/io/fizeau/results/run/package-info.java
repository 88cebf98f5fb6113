/** The run folder: its model and its reader. */
@NullMarked
package io.fizeau.results.run;

import org.jspecify.annotations.NullMarked;
