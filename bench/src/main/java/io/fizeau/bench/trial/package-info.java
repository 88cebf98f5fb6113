/** One JMH trial over a transport: opens both ends, pins them, checks every byte before and after. */
@NullMarked
package io.fizeau.bench.trial;

import org.jspecify.annotations.NullMarked;
