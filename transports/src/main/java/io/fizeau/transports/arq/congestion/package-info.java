/** How much a sender of datagrams may have in flight: a fixed window, NewReno or CUBIC, without sockets and without a clock of their own. */
@NullMarked
package io.fizeau.transports.arq.congestion;

import org.jspecify.annotations.NullMarked;
