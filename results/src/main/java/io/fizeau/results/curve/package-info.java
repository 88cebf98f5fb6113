/** Percentile curves of a fork, out of its histogram logs or out of JMH's samples. */
@NullMarked
package io.fizeau.results.curve;

import org.jspecify.annotations.NullMarked;
