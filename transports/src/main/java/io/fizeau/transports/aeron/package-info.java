/** Aeron as two transports, over UDP and in shared memory: their options, their promises and whether they can run here. */
@NullMarked
package io.fizeau.transports.aeron;

import org.jspecify.annotations.NullMarked;
