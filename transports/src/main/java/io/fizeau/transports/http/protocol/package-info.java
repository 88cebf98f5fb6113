/** What both ends of messages over HTTP agree on, and the limits they keep. */
@NullMarked
package io.fizeau.transports.http.protocol;

import org.jspecify.annotations.NullMarked;
