/** The form of the datagrams: what each byte means, how a number that wraps is read, and how an altered datagram is found. */
@NullMarked
package io.fizeau.transports.datagram.wire;

import org.jspecify.annotations.NullMarked;
