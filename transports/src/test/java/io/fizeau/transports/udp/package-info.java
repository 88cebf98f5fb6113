/** Tests of datagrams over real sockets. */
@NullMarked
package io.fizeau.transports.udp;

import org.jspecify.annotations.NullMarked;
