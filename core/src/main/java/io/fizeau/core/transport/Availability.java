package io.fizeau.core.transport;

import io.fizeau.core.error.TransportException;

/**
 * Whether something can run on this host and this JVM.
 *
 * @param isAvailable true if it can.
 * @param reason if it cannot, why, and what would change it, in one line; else empty.
 */
public record Availability(boolean isAvailable, String reason) {
    private static final Availability YES = new Availability(true, "");

    /** Checks that a reason is given just when it is needed. */
    public Availability {
        if (isAvailable != reason.isEmpty()) {
            throw TransportException.badRequest("a reason belongs to what is not available, and only to that");
        }
    }

    /**
     * It can run.
     *
     * @return an availability without a reason.
     */
    public static Availability yes() {
        return YES;
    }

    /**
     * It cannot run.
     *
     * @param reason why, and what would change it, in one line.
     * @return an availability with that reason.
     */
    public static Availability no(final String reason) {
        return new Availability(false, reason);
    }
}
