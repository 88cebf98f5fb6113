/** How fast a busy flow is, and how flows share a bottleneck, in virtual time. */
@NullMarked
package io.fizeau.transports.arq.flow;

import org.jspecify.annotations.NullMarked;
