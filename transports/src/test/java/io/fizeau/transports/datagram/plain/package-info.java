/** Tests of what is left of a transport when nothing repairs it. */
@NullMarked
package io.fizeau.transports.datagram.plain;

import org.jspecify.annotations.NullMarked;
