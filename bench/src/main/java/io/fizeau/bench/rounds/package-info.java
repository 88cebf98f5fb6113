/** Runs a plan: drives JMH one fork at a time, round after round, and keeps what each fork gave. */
@NullMarked
package io.fizeau.bench.rounds;

import org.jspecify.annotations.NullMarked;
