/** The command line of {@code results.jar}. */
@NullMarked
package io.fizeau.results.cli;

import org.jspecify.annotations.NullMarked;
