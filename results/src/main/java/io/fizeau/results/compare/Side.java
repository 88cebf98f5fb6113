package io.fizeau.results.compare;

import io.fizeau.results.run.Run;
import java.util.List;

/**
 * One side of a comparison.
 *
 * @param label what it is called in tables.
 * @param sessions the runs that measured it, at least one, each at another time.
 */
public record Side(String label, List<Run> sessions) {
    /** Copies the list. */
    public Side {
        sessions = List.copyOf(sessions);
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("side '" + label + "' has no session: at least one is needed");
        }
    }

    /**
     * {@return a side of one session}
     *
     * @param run that measured it.
     */
    public static Side of(final Run run) {
        return new Side(String.valueOf(run.location().getFileName()), List.of(run));
    }
}
