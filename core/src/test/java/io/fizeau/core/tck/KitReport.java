package io.fizeau.core.tck;

import java.time.Duration;
import java.util.List;

/**
 * What a run of the kit found.
 *
 * @param spec the transport.
 * @param outcomes one for each test and way of driving, in the order in which they ended.
 */
public record KitReport(String spec, List<Outcome> outcomes) {
    /** How a test ended. */
    public enum Result {
        /** The transport does what the test asks for. */
        PASSED,
        /** It does not. */
        FAILED,
        /** It does not promise it, or cannot run here. */
        SKIPPED
    }

    /**
     * One test, run in one way.
     *
     * @param test the name of the test.
     * @param way how the ends were driven, and where; empty where the test chooses for itself.
     * @param result how it ended.
     * @param reason why it failed or was skipped, in one line; empty if it passed.
     * @param duration how long it took.
     */
    public record Outcome(String test, String way, Result result, String reason, Duration duration) {
        /**
         * The test and the way.
         *
         * @return a name for tables and messages.
         */
        public String name() {
            return way.isEmpty() ? test : test + " (" + way + ")";
        }
    }

    /** Makes the list unmodifiable. */
    public KitReport {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Whether nothing failed and something passed.
     *
     * @return false if a test failed, and also if all were skipped.
     */
    public boolean isPassed() {
        return count(Result.FAILED) == 0 && count(Result.PASSED) > 0;
    }

    /**
     * How many ended so.
     *
     * @param result passed, failed or skipped.
     * @return a count.
     */
    public int count(final Result result) {
        return (int)
                outcomes.stream().filter(outcome -> outcome.result == result).count();
    }

    /**
     * Those that ended so.
     *
     * @param result passed, failed or skipped.
     * @return outcomes, in the order in which they ended.
     */
    public List<Outcome> all(final Result result) {
        return outcomes.stream().filter(outcome -> outcome.result == result).toList();
    }
}
