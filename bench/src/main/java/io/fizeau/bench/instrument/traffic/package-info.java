/** Traffic of which the answer of a bad link is known beforehand: plain sockets, none of the transports that are measured. */
@NullMarked
package io.fizeau.bench.instrument.traffic;

import org.jspecify.annotations.NullMarked;
