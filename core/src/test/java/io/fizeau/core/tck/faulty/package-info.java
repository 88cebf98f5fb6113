/** A little transport within one JVM that keeps its promises, and the faults that make it break one each: they prove the kit. */
@NullMarked
package io.fizeau.core.tck.faulty;

import org.jspecify.annotations.NullMarked;
