/** Looks at this machine as a place to measure on: what is in the way, and what would help. */
@NullMarked
package io.fizeau.bench.doctor;

import org.jspecify.annotations.NullMarked;
