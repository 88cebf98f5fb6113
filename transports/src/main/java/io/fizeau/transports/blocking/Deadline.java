package io.fizeau.transports.blocking;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket when the time is up, for a call that blocks and cannot be told how long to wait.
 *
 * <pre>{@code
 *  try (Deadline deadline = Deadline.closing(socket::close, leftNs)) {
 *      socket.connect(address);
 *  }
 * }</pre>
 *
 * <p>By the JDK's own timer: off the hot path, and no thread of the node. Thread-safe.
 */
public final class Deadline implements AutoCloseable {
    private final CompletableFuture<Void> timer = new CompletableFuture<>();

    private Deadline() {}

    /**
     * Starts one.
     *
     * @param close closes the socket without waiting, by the timer's thread, unless this is closed before.
     * @param delayNs in how many nanoseconds.
     * @return the deadline.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows the close is nobody's business
    public static Deadline closing(final Runnable close, final long delayNs) {
        final Deadline deadline = new Deadline();
        deadline.timer.orTimeout(Math.max(1, delayNs), TimeUnit.NANOSECONDS).whenComplete((none, late) -> {
            if (late != null) {
                close.run();
            }
        });
        return deadline;
    }

    /**
     * Whether the time was up before this was closed.
     *
     * @return true if the socket was closed, or is just now being closed.
     */
    public boolean hasPassed() {
        return timer.isCompletedExceptionally();
    }

    /** Calls it off. */
    @Override
    public void close() {
        timer.complete(null);
    }
}
