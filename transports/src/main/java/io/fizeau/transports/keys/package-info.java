/** The folder that holds what an end proves itself with: a key and its certificate for TLS, a pre-shared key for sealed messages. */
@NullMarked
package io.fizeau.transports.keys;

import org.jspecify.annotations.NullMarked;
