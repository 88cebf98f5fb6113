/** The experiments of {@code fizeau verify-instrument}: each knows its answer before it measures. */
@NullMarked
package io.fizeau.bench.instrument.experiment;

import org.jspecify.annotations.NullMarked;
