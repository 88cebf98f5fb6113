package io.fizeau.transports.link.relay;

import io.fizeau.core.error.TransportException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What other threads want done on the thread of a relay. Any thread may {@link #ask}, the relay's serves. */
final class Requests {
    private static final long PATIENCE_S = 5;

    private final ConcurrentLinkedQueue<FutureTask<?>> waiting = new ConcurrentLinkedQueue<>();

    /** Has the relay's thread do something, and waits for it. */
    <T> T ask(final Callable<T> request) {
        final FutureTask<T> task = new FutureTask<>(request);
        waiting.add(task);
        try {
            return task.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted while waiting for the link's relay", e);
        } catch (final TimeoutException e) {
            throw failed("the link's relay does not answer within " + PATIENCE_S + " s", e);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof TransportException known) {
                throw known;
            }
            throw failed("the link's relay failed: " + e.getCause(), e);
        }
    }

    /** Does what was asked; allocates nothing when nothing was. */
    int serve() {
        int count = 0;
        for (FutureTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
            count++;
        }
        return count;
    }

    private static TransportException failed(final String message, final Exception cause) {
        return new TransportException(TransportException.NextStep.FAIL_RUN, message, cause);
    }
}
