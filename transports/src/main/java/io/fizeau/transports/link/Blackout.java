package io.fizeau.transports.link;

import io.fizeau.core.error.TransportException;
import java.time.Duration;

/**
 * A time in which a link lost everything.
 *
 * @param beganNs its begin by {@link System#nanoTime()}.
 * @param endsNs its end by the same clock, which may lie ahead.
 */
public record Blackout(long beganNs, long endsNs) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * Checks how long a blackout is to be.
     *
     * @param duration the length asked for.
     * @return the same in nanoseconds.
     * @throws TransportException if it is not from 1 ms to 10 min.
     */
    public static long checkedNs(final Duration duration) {
        if (duration.toMillis() < 1 || duration.compareTo(LONGEST) > 0) {
            throw TransportException.badRequest(
                    "blackout=" + duration.toMillis() + "ms must be from 1 ms to " + LONGEST.toMinutes() + " min");
        }
        return duration.toNanos();
    }
}
