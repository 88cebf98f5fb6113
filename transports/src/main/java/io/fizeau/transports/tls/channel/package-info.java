/** TLS on the sockets of the NIO loop: an engine between a socket and the bytes of a connection. */
@NullMarked
package io.fizeau.transports.tls.channel;

import org.jspecify.annotations.NullMarked;
