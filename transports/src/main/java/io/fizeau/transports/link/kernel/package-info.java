/** What links share that let the kernel do it: the loopback of a namespace, classes of its traffic, routes, counters. */
@NullMarked
package io.fizeau.transports.link.kernel;

import org.jspecify.annotations.NullMarked;
