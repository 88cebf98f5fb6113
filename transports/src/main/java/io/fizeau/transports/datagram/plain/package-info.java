/** The mechanism that is none: each message is one datagram, and what becomes of it nobody asks. */
@NullMarked
package io.fizeau.transports.datagram.plain;

import org.jspecify.annotations.NullMarked;
