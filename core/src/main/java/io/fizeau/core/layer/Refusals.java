package io.fizeau.core.layer;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Connection;
import org.jspecify.annotations.Nullable;

/** What one connection refuses is counted where it was accepted, and named. */
final class Refusals {
    private final Wrapping wrapping;
    private final @Nullable Tally tally; // where it was accepted
    private boolean isDropNamed; // the delivering thread

    Refusals(final Wrapping wrapping, final @Nullable Tally tally) {
        this.wrapping = wrapping;
        this.tally = tally;
    }

    /** Counts what was dropped, and names the first, unless it is usual. By the delivering thread. */
    void drop(final Connection connection, final @Nullable String complaint) {
        if (tally != null) {
            tally.addDropped();
        }
        if (complaint != null && !isDropNamed) {
            isDropNamed = true;
            name(connection, "a message was dropped, and more may be: " + complaint);
        }
    }

    /** Closes the connection below. */
    void refuse(final Connection connection, final @Nullable String why) {
        countRejected();
        name(connection, "closed: " + why);
        connection.close();
    }

    /** The peer has left before the connection was open. */
    void noteCutShort(final Connection connection) {
        countRejected();
        name(
                connection,
                "was closed at the other end during the opening exchange; perhaps the keys of the two ends differ");
    }

    private void countRejected() {
        if (tally != null) {
            tally.addRejected();
        }
    }

    private void name(final Connection connection, final String what) {
        wrapping.context()
                .errors()
                .onError(new TransportException(
                        tally == null ? TransportException.NextStep.FAIL_RUN : TransportException.NextStep.GO_ON,
                        wrapping.layer().name()
                                + (tally == null ? ": connection to " : ": connection from ")
                                + connection.remoteAddress().text()
                                + ' '
                                + what));
    }
}
