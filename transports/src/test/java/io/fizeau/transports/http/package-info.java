/** Messages over HTTP, tried by the kit and by peers that mean no good. */
package io.fizeau.transports.http;
