/** The connecting end as a client of HTTP/1.1 over the NIO loop: requests and answers as a framing of its connections. */
@NullMarked
package io.fizeau.transports.http.plain;

import org.jspecify.annotations.NullMarked;
