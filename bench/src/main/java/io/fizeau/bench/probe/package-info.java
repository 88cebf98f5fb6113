/** Short measurements of the machine itself: its clock, its processors' distance, its hiccups. */
@NullMarked
package io.fizeau.bench.probe;

import org.jspecify.annotations.NullMarked;
