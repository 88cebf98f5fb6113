/** The reliability protocols over UDP as transports: their names and options. */
@NullMarked
package io.fizeau.transports.arq;

import org.jspecify.annotations.NullMarked;
