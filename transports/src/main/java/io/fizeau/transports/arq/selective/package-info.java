/** {@code arq-selective}: selective repeat with packet numbers apart from piece numbers, the mechanism that is meant to be good. */
@NullMarked
package io.fizeau.transports.arq.selective;

import org.jspecify.annotations.NullMarked;
