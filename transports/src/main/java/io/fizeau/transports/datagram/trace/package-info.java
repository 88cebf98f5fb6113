/** What happened to each message and datagram of a connection, kept in memory and, when its node closes, in a file. */
@NullMarked
package io.fizeau.transports.datagram.trace;

import org.jspecify.annotations.NullMarked;
