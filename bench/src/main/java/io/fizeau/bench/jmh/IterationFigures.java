package io.fizeau.bench.jmh;

import io.fizeau.bench.server.ServerStatistics;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a benchmark leaves the server's figures of an iteration for {@link ServerProfiler} to find. It holds figures, never a
 * connection, because JMH closes the trial before it asks the profilers for the last time. One per fork; thread-safe.
 */
public final class IterationFigures {
    private static final AtomicReference<@Nullable ServerStatistics> LAST = new AtomicReference<>();

    private IterationFigures() {}

    /**
     * Leaves the figures of the iteration that has just ended.
     *
     * @param figures what the server did during it.
     */
    public static void leave(final ServerStatistics figures) {
        LAST.set(figures);
    }

    /**
     * Takes what was left last.
     *
     * @return the figures, or null if none were left since the last call.
     */
    static @Nullable ServerStatistics take() {
        return LAST.getAndSet(null);
    }
}
