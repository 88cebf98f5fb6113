/** Two rings in one JVM: what the harness itself costs, never a competitor. */
@NullMarked
package io.fizeau.transports.inproc;

import org.jspecify.annotations.NullMarked;
