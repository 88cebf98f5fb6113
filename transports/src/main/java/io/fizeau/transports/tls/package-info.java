/** Transports over TLS 1.3: the peer verified, every byte sealed. */
@NullMarked
package io.fizeau.transports.tls;

import org.jspecify.annotations.NullMarked;
