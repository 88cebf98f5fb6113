/** Tests of the traces. */
@NullMarked
package io.fizeau.transports.datagram.trace;

import org.jspecify.annotations.NullMarked;
