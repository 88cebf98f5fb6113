/** Writes what a run leaves behind: the run folder, which {@code results} and notebooks read. */
@NullMarked
package io.fizeau.bench.runfolder;

import org.jspecify.annotations.NullMarked;
