package io.fizeau.transports.link.kernel;

import java.util.List;

/** A rate limit of the kernel's, tc-tbf(8). Stateless. */
public final class TokenBucket {
    /** Four frames: enough not to lose tokens to timers, little enough not to be seen as a faster start. */
    private static final long LEAST_BURST_BYTES = 4 * 1514;

    /** The share of a second that may leave at once. */
    private static final long BURSTS_PER_SECOND = 1000;

    private TokenBucket() {}

    /**
     * Its words.
     *
     * @param bitsPerSecond the rate, counted with Ethernet headers.
     * @param queueBytes how much may wait.
     * @return what tc(8) takes.
     */
    public static List<String> words(final long bitsPerSecond, final long queueBytes) {
        final long burst = Math.max(LEAST_BURST_BYTES, bitsPerSecond / 8 / BURSTS_PER_SECOND);
        return List.of(
                "tbf", "rate", bitsPerSecond + "bit", "burst", burst + "b", "limit", Math.max(queueBytes, burst) + "b");
    }
}
