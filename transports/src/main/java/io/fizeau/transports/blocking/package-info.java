/** Transports over stream sockets that block: a thread for each connection, whatever the sockets are. */
@NullMarked
package io.fizeau.transports.blocking;

import org.jspecify.annotations.NullMarked;
