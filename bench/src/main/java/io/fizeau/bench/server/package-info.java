/** The far end of a benchmark: in a process of its own, in a thread, or on another host. */
@NullMarked
package io.fizeau.bench.server;

import org.jspecify.annotations.NullMarked;
