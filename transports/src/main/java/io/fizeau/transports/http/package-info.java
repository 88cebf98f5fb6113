/** Messages over HTTP/1.1 and HTTP/2: Jetty's server, and the JDK's client or one of our own. */
@NullMarked
package io.fizeau.transports.http;

import org.jspecify.annotations.NullMarked;
