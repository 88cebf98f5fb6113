/** Brings jars with transports of a user's own onto the class path. */
@NullMarked
package io.fizeau.bench.plugin;

import org.jspecify.annotations.NullMarked;
