/** What may be said about the rows of a run: whether they are valid, and how the transports compare. */
@NullMarked
package io.fizeau.results.compare;

import org.jspecify.annotations.NullMarked;
