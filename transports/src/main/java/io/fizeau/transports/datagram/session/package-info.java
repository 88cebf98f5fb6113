/**
 * The datagram layer that all mechanisms of reliability share, without sockets, threads or clock: datagrams and the time in, datagrams
 * and deadlines out. A handshake that keeps no state for whoever has not shown its address, keep-alive, idle time-out, and an end
 * that both learn of.
 */
@NullMarked
package io.fizeau.transports.datagram.session;

import org.jspecify.annotations.NullMarked;
