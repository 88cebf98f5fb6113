package io.fizeau.core.error;

import java.util.Objects;

/**
 * Something went wrong off the hot path: a bad setting, a port that is taken, a driver that does not answer.
 *
 * <p>The message is one line for a person at a terminal. It names the setting, the value and the limit, and what to
 * change. {@link #nextStep()} tells a program what to do. Expected outcomes of sending and polling are never
 * exceptions, they are return values.
 */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller should do about the failure. */
    public enum NextStep {
        /** The cause may pass by itself (a port in {@code TIME_WAIT}, a peer not up yet): the same call may succeed. */
        RETRY,
        /** This run, or this row of a run, cannot give a result; others may go on. */
        FAIL_RUN,
        /** The request itself is wrong (an unknown option, a value out of range): nothing can succeed until it is changed. */
        STOP,
        /**
         * Nothing: a peer was refused, or something that it sent was dropped. Its listener has counted it, and everybody else goes
         * on. Only an error handler sees this.
         */
        GO_ON
    }

    private final NextStep nextStep;

    /**
     * Creates an exception.
     *
     * @param nextStep what the caller should do.
     * @param message one line that names the setting, the value and the limit.
     */
    public TransportException(final NextStep nextStep, final String message) {
        super(message);
        this.nextStep = Objects.requireNonNull(nextStep, "nextStep");
    }

    /**
     * Creates an exception with the failure that caused it.
     *
     * @param nextStep what the caller should do.
     * @param message one line that names the setting, the value and the limit; it does not need the cause to be clear.
     * @param cause what was thrown underneath.
     */
    public TransportException(final NextStep nextStep, final String message, final Throwable cause) {
        super(message, cause);
        this.nextStep = Objects.requireNonNull(nextStep, "nextStep");
    }

    /**
     * An exception for a request that is wrong in itself.
     *
     * @param message one line that names the setting, the value and the limit.
     * @return an exception whose next step is {@link NextStep#STOP}.
     */
    public static TransportException badRequest(final String message) {
        return new TransportException(NextStep.STOP, message);
    }

    /**
     * What a person is told of a failure.
     *
     * @param failure any.
     * @return the message of an exception of this kind, which is made for that; else the class too.
     */
    public static String textOf(final Throwable failure) {
        return String.valueOf(failure instanceof TransportException ? failure.getMessage() : failure);
    }

    /**
     * Checks a value.
     *
     * @param name what it is called.
     * @param value the value.
     * @param min the least that is allowed.
     * @param max the greatest that is allowed.
     * @throws TransportException with the next step STOP, if it is beyond: the message says name, value and limits.
     */
    public static void requireWithin(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw badRequest(name + "=" + value + " must be from " + min + " to " + max);
        }
    }

    /**
     * What the caller should do about the failure.
     *
     * @return the next step.
     */
    public NextStep nextStep() {
        return nextStep;
    }
}
