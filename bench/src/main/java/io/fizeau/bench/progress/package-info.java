/** Shows a person how far a run has come. */
@NullMarked
package io.fizeau.bench.progress;

import org.jspecify.annotations.NullMarked;
