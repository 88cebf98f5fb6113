/** TCP over {@code SocketChannel} and {@code Selector}: many connections on one thread. */
@NullMarked
package io.fizeau.transports.tcpnio;

import org.jspecify.annotations.NullMarked;
