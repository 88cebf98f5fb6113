package io.fizeau.core.transport;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Conveniences over connections, for set-up code that may wait. */
public final class Connections {
    private static final long PARK_NS = 50_000;

    private Connections() {}

    /**
     * Waits until a connection is open; polls its node while waiting, where the caller drives it.
     *
     * @param node the node that {@code connection} came from; the calling thread must be the one that may poll it.
     * @param connection a connection from {@link Node#connect}.
     * @param timeout how long to wait.
     * @throws TransportException if it closed instead (the message says why), the time ran out, or the thread was interrupted;
     *     the connection is closed then.
     */
    public static void awaitOpen(final Node node, final Connection connection, final Duration timeout) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (connection.state() == ConnectionState.CONNECTING) {
            if (System.nanoTime() - deadlineNs >= 0 || Thread.currentThread().isInterrupted()) {
                connection.close();
                throw new TransportException(
                        TransportException.NextStep.RETRY,
                        "no connection to " + connection.remoteAddress().text() + " within " + timeout.toMillis()
                                + " ms");
            }
            if (connection.driving() == Driving.OWN || node.poll(1) == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
        if (connection.state() == ConnectionState.CLOSED) {
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "cannot connect to " + connection.remoteAddress().text() + ": " + connection.closeReason());
        }
    }
}
