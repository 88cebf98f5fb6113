/** Random numbers that are a pure function of a seed, the same on every machine and JDK. */
@NullMarked
package io.fizeau.core.random;

import org.jspecify.annotations.NullMarked;
