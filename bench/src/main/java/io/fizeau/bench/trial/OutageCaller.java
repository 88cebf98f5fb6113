package io.fizeau.bench.trial;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.Blackout;
import io.fizeau.transports.link.LinkClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the link for an outage in the middle of an iteration, on a thread of its own. Used by one thread. */
public final class OutageCaller implements AutoCloseable {
    private static final long PATIENCE_S = 5;

    private final LinkClient link;
    private final Duration duration;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread caller = new Thread(task, "fizeau-outage");
        caller.setDaemon(true);
        return caller;
    });
    private @Nullable ScheduledFuture<Blackout> pending; // by the benchmark's thread

    /**
     * Creates it; nothing happens yet.
     *
     * @param link whom to ask.
     * @param duration how long an outage lasts.
     */
    public OutageCaller(final LinkClient link, final Duration duration) {
        this.link = link;
        this.duration = duration;
    }

    /**
     * Has the link lose everything, later.
     *
     * @param delay how much later.
     */
    public void callIn(final Duration delay) {
        pending = thread.schedule(() -> link.blackout(duration), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The outage that was called for.
     *
     * @return when it was.
     * @throws TransportException if there was none.
     */
    public Blackout take() {
        final ScheduledFuture<Blackout> asked = pending;
        if (asked == null) {
            throw new IllegalStateException("nobody has asked for an outage");
        }
        pending = null;
        try {
            return asked.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the link gave no blackout: " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "interrupted while the link was asked for a blackout", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
