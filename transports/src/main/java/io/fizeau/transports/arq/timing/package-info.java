/** What a reliable protocol over datagrams knows of time: the round trip with the time-outs made of it, and when the next datagram may leave. */
@NullMarked
package io.fizeau.transports.arq.timing;

import org.jspecify.annotations.NullMarked;
