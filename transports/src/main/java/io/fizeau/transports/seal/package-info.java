/** The layers {@code aes-gcm} and {@code chacha20}: messages sealed with keys that the two ends of a connection agree on as it opens. */
@NullMarked
package io.fizeau.transports.seal;

import org.jspecify.annotations.NullMarked;
