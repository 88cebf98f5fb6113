package io.fizeau.results.run;

import java.nio.file.Path;

/**
 * Something that was given to read cannot be used. The message is one line for a person: it names the file and what is wrong
 * with it. A command prints it and ends with status 2.
 */
public final class ResultsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line that names what was given and what is wrong with it.
     */
    public ResultsException(final String message) {
        super(message);
    }

    /**
     * @param file what was read.
     * @param wrong what is wrong with it.
     * @param cause what was thrown; its text is not shown.
     */
    ResultsException(final Path file, final String wrong, final Throwable cause) {
        super(file + ": " + wrong, cause);
    }

    /**
     * @param file what was read.
     * @param wrong what is wrong with it.
     */
    ResultsException(final Path file, final String wrong) {
        super(file + ": " + wrong);
    }
}
