package io.fizeau.results.run;

import java.nio.file.Path;

/**
 * Something that was given to read cannot be used. The message is one line for a person: it names the file and what is wrong
 * with it. A command prints it and ends with status 2.
 */
public final class ResultsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean holdsNothing;

    /**
     * @param message one line that names what was given and what is wrong with it.
     */
    public ResultsException(final String message) {
        super(message);
        holdsNothing = false;
    }

    /**
     * @param file what was read.
     * @param wrong what is wrong with it.
     * @param cause what was thrown; its text is not shown.
     */
    ResultsException(final Path file, final String wrong, final Throwable cause) {
        super(file + ": " + wrong, cause);
        holdsNothing = false;
    }

    /**
     * @param file what was read.
     * @param wrong what is wrong with it.
     */
    ResultsException(final Path file, final String wrong) {
        this(file, wrong, false);
    }

    private ResultsException(final Path file, final String wrong, final boolean holdsNothing) {
        super(file + ": " + wrong);
        this.holdsNothing = holdsNothing;
    }

    /**
     * {@return what is thrown where nothing was measured}
     *
     * @param file what was read.
     * @param wrong what is missing.
     */
    static ResultsException nothingIn(final Path file, final String wrong) {
        return new ResultsException(file, wrong, true);
    }

    /** {@return whether nothing was measured there, so that whoever goes on without it loses nothing} */
    public boolean holdsNothing() {
        return holdsNothing;
    }
}
