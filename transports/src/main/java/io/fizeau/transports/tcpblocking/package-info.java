/** TCP over the streams of {@code java.net.Socket}: a thread per connection. */
@NullMarked
package io.fizeau.transports.tcpblocking;

import org.jspecify.annotations.NullMarked;
