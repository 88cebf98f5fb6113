package io.fizeau.bench.cli;

import java.util.List;

/**
 * What a command measures where the user does not say.
 *
 * @param label what the run is called.
 * @param transports spec strings; empty for all that can run here and fit the time.
 * @param suites names; empty for the usual ones.
 * @param rounds how many; 0 for the profile's.
 */
record RunDefaults(String label, List<String> transports, List<String> suites, int rounds) {
    /** Of {@code fizeau run}. */
    static final RunDefaults RUN = new RunDefaults("run", List.of(), List.of(), 0);
}
