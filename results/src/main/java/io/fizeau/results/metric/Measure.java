package io.fizeau.results.metric;

import io.fizeau.results.run.ForkResult;
import java.util.function.ToDoubleFunction;

/**
 * Something that a fork contributes one number to.
 *
 * @param name as the user writes it after {@code --metric}: {@code p99}, {@code rate}, {@code client:alloc.norm}.
 * @param unit of the number: {@code ns}, {@code 1/s}, or as JMH wrote it.
 * @param better which way is better.
 * @param ofFork the number of one fork, NaN where it has none.
 */
public record Measure(String name, String unit, Direction better, ToDoubleFunction<ForkResult> ofFork) {
    /**
     * {@return the number of one fork, in {@link #unit()}; NaN where it has none, or failed}
     *
     * @param fork of the row that this measure came from, or of the same row of another run.
     */
    public double of(final ForkResult fork) {
        return ofFork.applyAsDouble(fork);
    }
}
