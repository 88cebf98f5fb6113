/** The connecting end over the HTTP client of the JDK. */
@NullMarked
package io.fizeau.transports.http.jdk;

import org.jspecify.annotations.NullMarked;
