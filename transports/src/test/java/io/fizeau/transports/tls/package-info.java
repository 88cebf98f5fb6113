/** Transports over TLS against the kit, and against peers that mean harm. */
@NullMarked
package io.fizeau.transports.tls;

import org.jspecify.annotations.NullMarked;
