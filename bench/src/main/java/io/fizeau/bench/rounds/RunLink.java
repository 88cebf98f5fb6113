package io.fizeau.bench.rounds;

import io.fizeau.bench.plan.Row;
import java.util.List;
import java.util.Map;

/** The bad link of a run, through which its forks send, or none. Used by one thread. */
public interface RunLink extends AutoCloseable {
    /** A run without one: its forks use the loopback as it is. */
    RunLink NONE = new RunLink() {
        @Override
        public List<String> jvmArguments(final Row row) {
            return List.of();
        }

        @Override
        public void before(final Row row, final int round) {
            // Nothing to set up.
        }

        @Override
        public Map<String, String> after() {
            return Map.of();
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    };

    /**
     * What the JVM of a fork needs to find the link.
     *
     * @param row what the fork measures.
     * @return arguments, maybe none.
     */
    List<String> jvmArguments(Row row);

    /**
     * Sets the link up for a fork: its impairment begins anew, with a seed that all rows of a round share.
     *
     * @param row what the fork measures.
     * @param round its round, from 0.
     */
    void before(Row row, int round);

    /**
     * What the link did since {@link #before}.
     *
     * @return notes for the fork, name to text.
     */
    Map<String, String> after();

    @Override
    void close();
}
