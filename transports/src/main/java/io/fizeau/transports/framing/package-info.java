/** Message boundaries over byte streams: a length before each message, and a word of introduction before the first. */
@NullMarked
package io.fizeau.transports.framing;

import org.jspecify.annotations.NullMarked;
