/** The shell around the datagram layer: sockets, the clock, threads, and the options that its transports have in common. */
@NullMarked
package io.fizeau.transports.datagram.node;

import org.jspecify.annotations.NullMarked;
