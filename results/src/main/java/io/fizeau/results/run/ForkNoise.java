package io.fizeau.results.run;

import java.util.List;
import java.util.Map;

/**
 * What disturbed a fork, iteration by iteration, as {@code noise.json} has it. What could not be read on that platform is absent,
 * which is not the same as zero.
 *
 * @param iterations in the order run; empty if the fork told nothing.
 */
public record ForkNoise(List<Iteration> iterations) {
    /** A fork that told nothing. */
    public static final ForkNoise NONE = new ForkNoise(List.of());

    /** Copies the list. */
    public ForkNoise {
        iterations = List.copyOf(iterations);
    }

    /**
     * One iteration.
     *
     * @param durationMs the time between the edges at which everything was read, in milliseconds.
     * @param fork figures of the measuring process by name: times in milliseconds, else numbers.
     * @param server the same of the server's process; empty if it had none of its own.
     * @param host the same of the machine.
     */
    public record Iteration(
            double durationMs, Map<String, Double> fork, Map<String, Double> server, Map<String, Double> host) {
        /** Copies the maps. */
        public Iteration {
            fork = Map.copyOf(fork);
            server = Map.copyOf(server);
            host = Map.copyOf(host);
        }
    }
}
