/** How rows compare: the transports of one run, and two sides measured in turn or at different times. */
@NullMarked
package io.fizeau.results.compare;

import org.jspecify.annotations.NullMarked;
