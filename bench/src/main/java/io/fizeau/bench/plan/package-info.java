/** Decides what a run measures, how often and in which order, before anything is measured. */
@NullMarked
package io.fizeau.bench.plan;

import org.jspecify.annotations.NullMarked;
