package io.fizeau.bench.instrument;

import org.jspecify.annotations.Nullable;

/**
 * One expectation, and what was measured. Immutable.
 *
 * @param experiment the experiment's name.
 * @param what the quantity.
 * @param expected what was known beforehand, as text.
 * @param tolerance how far the measured value may lie from it, as text; empty where only yes or no is asked.
 * @param measured what was measured, as text; empty if nothing was.
 * @param figures the same as numbers, or null where the answer is not a number.
 * @param verdict whether the two agree.
 * @param note what a reader should know beside it, such as why something was skipped; may be empty.
 */
public record Outcome(
        String experiment,
        String what,
        String expected,
        String tolerance,
        String measured,
        @Nullable Figures figures,
        Verdict verdict,
        String note) {
    /**
     * An outcome in numbers.
     *
     * @param expected what was known beforehand.
     * @param low the least value within the tolerance.
     * @param high the greatest.
     * @param measured what was measured.
     * @param unit of all of them; may be empty.
     */
    public record Figures(double expected, double low, double high, double measured, String unit) {}

    /**
     * The same outcome with more to say.
     *
     * @param more what else a reader should know.
     * @return a new outcome.
     */
    Outcome withNote(final String more) {
        return new Outcome(
                experiment,
                what,
                expected,
                tolerance,
                measured,
                figures,
                verdict,
                note.isEmpty() ? more : note + "; " + more);
    }

    /**
     * Of a question that is answered by yes or no.
     *
     * @param experiment the experiment's name.
     * @param what the question.
     * @param expected the answer that was known beforehand.
     * @param measured the answer that was found.
     * @param isAsExpected whether the two agree.
     * @param note may be empty.
     * @return the outcome.
     */
    public static Outcome answer(
            final String experiment,
            final String what,
            final String expected,
            final String measured,
            final boolean isAsExpected,
            final String note) {
        return new Outcome(
                experiment, what, expected, "", measured, null, isAsExpected ? Verdict.OK : Verdict.OFF, note);
    }

    /**
     * Of an experiment that this machine cannot carry out.
     *
     * @param experiment the experiment's name.
     * @param what the quantity.
     * @param why what is missing.
     * @return the outcome.
     */
    public static Outcome skipped(final String experiment, final String what, final String why) {
        return new Outcome(experiment, what, "", "", "", null, Verdict.SKIPPED, why);
    }

    /**
     * Of an experiment that broke.
     *
     * @param experiment the experiment's name.
     * @param reason why, in one line.
     * @return the outcome.
     */
    public static Outcome failed(final String experiment, final String reason) {
        return new Outcome(experiment, "all of it", "a result", "", "none", null, Verdict.OFF, "failed: " + reason);
    }
}
