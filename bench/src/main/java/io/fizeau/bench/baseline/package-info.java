/** Hand-written loops over the same sockets and over Aeron, with no interface between: what the transports are compared with. */
@NullMarked
package io.fizeau.bench.baseline;

import org.jspecify.annotations.NullMarked;
