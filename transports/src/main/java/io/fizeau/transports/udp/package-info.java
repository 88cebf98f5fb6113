/** UDP as a transport: messages as datagrams, without a promise that they come. */
@NullMarked
package io.fizeau.transports.udp;

import org.jspecify.annotations.NullMarked;
