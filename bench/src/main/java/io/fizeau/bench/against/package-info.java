/** Finds, builds and examines the other side of a comparison: another build of this project. */
@NullMarked
package io.fizeau.bench.against;

import org.jspecify.annotations.NullMarked;
