/** The numbers that a fork, a row and a run contribute: what each is called, its unit, and which direction is better. */
@NullMarked
package io.fizeau.results.metric;

import org.jspecify.annotations.NullMarked;
