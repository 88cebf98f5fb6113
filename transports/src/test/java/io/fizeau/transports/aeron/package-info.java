/** The conformance kit and tests of Aeron's own over real sockets and shared memory. */
@NullMarked
package io.fizeau.transports.aeron;

import org.jspecify.annotations.NullMarked;
