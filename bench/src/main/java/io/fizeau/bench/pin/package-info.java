/** Which processor each measuring and serving thread runs on. */
@NullMarked
package io.fizeau.bench.pin;

import org.jspecify.annotations.NullMarked;
