/** The command line: {@code fizeau run, sweep, list, serve, doctor, check}. */
@NullMarked
package io.fizeau.bench.cli;

import org.jspecify.annotations.NullMarked;
