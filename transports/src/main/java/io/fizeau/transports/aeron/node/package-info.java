/** One process's end of Aeron: connections, how they are made and how they end, and the duty cycle that drives them. */
@NullMarked
package io.fizeau.transports.aeron.node;

import org.jspecify.annotations.NullMarked;
