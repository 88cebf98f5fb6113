/** The link through a TUN device: everything, for whatever sends IP packets. */
@NullMarked
package io.fizeau.transports.link.tun;

import org.jspecify.annotations.NullMarked;
