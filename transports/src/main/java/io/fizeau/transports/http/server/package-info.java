/** The listening end: sessions over Jetty. */
@NullMarked
package io.fizeau.transports.http.server;

import org.jspecify.annotations.NullMarked;
