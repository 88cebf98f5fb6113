/** Negative acknowledgement: the receiver asks for what it misses, and the sender keeps what may be asked for. */
@NullMarked
package io.fizeau.transports.arq.nak;

import org.jspecify.annotations.NullMarked;
