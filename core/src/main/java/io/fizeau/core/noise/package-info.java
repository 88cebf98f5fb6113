/** What disturbs a measurement: what the machine and the JVM did while it ran, read at its edges. */
@NullMarked
package io.fizeau.core.noise;

import org.jspecify.annotations.NullMarked;
