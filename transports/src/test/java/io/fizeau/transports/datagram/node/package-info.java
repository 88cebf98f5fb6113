/** Tests of the shell around the datagram layer, over real sockets. */
@NullMarked
package io.fizeau.transports.datagram.node;

import org.jspecify.annotations.NullMarked;
