/** Runs the conformance kit for a person, and remembers what it said. */
@NullMarked
package io.fizeau.bench.kit;

import org.jspecify.annotations.NullMarked;
