package io.fizeau.results.artifact;

/**
 * What came of one thing that was made anew.
 *
 * @param name of the run, the document or the figures.
 * @param ok false if what was there before is still there.
 * @param text what happened, one line.
 */
record StepResult(String name, boolean ok, String text) {
    static StepResult done(final String name, final String text) {
        return new StepResult(name, true, text);
    }

    static StepResult failed(final String name, final String text) {
        return new StepResult(name, false, text);
    }
}
