package io.fizeau.bench.trial;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Option;

/**
 * How many messages a stream may have under way, so that the window neither limits the rate nor takes minutes to drain when the link
 * is slow: twice what was acknowledged in the last half second, as a rate, for half a second. A window that does limit grows by the
 * ratio of a second to the round trip with each step: over 20 ms fiftyfold. What is under way at the end is gone in about a second.
 * Pure arithmetic; used by one thread.
 */
public final class RateWindow {
    /** The text of a window that follows the rate. */
    public static final String AUTO = "auto";

    private static final long STEP_NS = 250_000_000;
    private static final long SPAN_NS = 1_000_000_000;
    private static final int LEAST_BYTES = 32 << 10;

    private static final Option<Integer> FIXED = Option.bytes(
            "windowBytes", LEAST_BYTES, 1, 1 << 30, "how much may be under way, or auto to follow the rate");

    private final int fixed;
    private final int least;
    private int window;
    private long earlierNs;
    private long earlierCount;
    private long markNs;
    private long markCount;

    private RateWindow(final int fixed, final int least) {
        this.fixed = fixed;
        this.least = least;
        this.window = fixed > 0 ? fixed : least;
    }

    /**
     * Reads a benchmark's parameter.
     *
     * @param windowBytes {@code auto}, or a number of bytes.
     * @param messageBytes the length of a message.
     * @return the window.
     * @throws TransportException if it is neither.
     */
    public static RateWindow parse(final String windowBytes, final int messageBytes) {
        final int fixed = windowBytes.equals(AUTO) ? 0 : Math.max(1, FIXED.parse(windowBytes) / messageBytes);
        return new RateWindow(fixed, Math.max(2, LEAST_BYTES / messageBytes));
    }

    /**
     * Starts to count anew; the window stays what it was.
     *
     * @param nowNs the time.
     */
    public void begin(final long nowNs) {
        earlierNs = nowNs;
        earlierCount = 0;
        markNs = nowNs;
        markCount = 0;
    }

    /**
     * Goes by what has arrived.
     *
     * @param nowNs the time.
     * @param acknowledged how many messages have arrived since {@link #begin}.
     * @return how many may be under way, 1 or more.
     */
    public int update(final long nowNs, final long acknowledged) {
        if (fixed == 0 && nowNs - markNs >= STEP_NS) {
            final double perNs = (double) (acknowledged - earlierCount) / (nowNs - earlierNs);
            window = (int) Math.max(least, Math.min(Integer.MAX_VALUE, perNs * SPAN_NS));
            earlierNs = markNs;
            earlierCount = markCount;
            markNs = nowNs;
            markCount = acknowledged;
        }
        return window;
    }

    /**
     * How many may be under way.
     *
     * @return 1 or more.
     */
    public int messages() {
        return window;
    }
}
