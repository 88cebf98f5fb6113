/** Looks for the highest rate that a transport sustains: which rate to offer next, and whether one held. */
@NullMarked
package io.fizeau.bench.sweep;

import org.jspecify.annotations.NullMarked;
