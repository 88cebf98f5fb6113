/** The JMH benchmarks, nothing else. */
@NullMarked
package io.fizeau.bench.suite;

import org.jspecify.annotations.NullMarked;
