package io.fizeau.transports.aeron.driver;

import io.aeron.driver.ThreadingMode;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Idle;
import org.agrona.BitUtil;

/**
 * What an embedded media driver, and every channel of a node, is configured with.
 *
 * @param threading on whose threads the driver runs.
 * @param idle how these wait.
 * @param mtuBytes the longest datagram or fragment, headers included; a multiple of 32.
 * @param termBytes the length of one of a log's three terms; a power of two.
 * @param windowBytes how much a receiver lets a sender send ahead.
 * @param socketBufferBytes what is asked of the kernel for each socket's receive and send buffer.
 * @param livenessNs until when a peer's death must be noticed, in nanoseconds.
 */
public record DriverConfig(
        ThreadingMode threading,
        Idle idle,
        int mtuBytes,
        int termBytes,
        int windowBytes,
        int socketBufferBytes,
        long livenessNs) {
    /** Length of Aeron's header before each fragment, in bytes. */
    public static final int FRAME_HEADER_BYTES = 32;

    private static final int LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;
    private static final int TERM_TO_MESSAGE = 8;

    /** Checks what one option's limits cannot say. */
    public DriverConfig {
        if (mtuBytes % FRAME_HEADER_BYTES != 0) {
            throw TransportException.badRequest(
                    "option mtu=" + mtuBytes + " is not allowed: it must be a multiple of " + FRAME_HEADER_BYTES);
        }
        if (!BitUtil.isPowerOfTwo(termBytes)) {
            throw TransportException.badRequest(
                    "option term=" + termBytes + " is not allowed: it must be a power of two");
        }
        if (mtuBytes > termBytes / TERM_TO_MESSAGE) {
            throw TransportException.badRequest(
                    "option mtu=" + mtuBytes + " is not allowed: it must be at most an eighth of term=" + termBytes);
        }
        if (windowBytes < mtuBytes) {
            throw TransportException.badRequest(
                    "option window=" + windowBytes + " is not allowed: it must be at least mtu=" + mtuBytes);
        }
        if (windowBytes > socketBufferBytes) {
            throw TransportException.badRequest("option window=" + windowBytes
                    + " is not allowed: it must be at most socketBuffer=" + socketBufferBytes
                    + ", so that what is under way fits into the receiving socket");
        }
    }

    /**
     * Whether the driver has no threads and must be invoked.
     *
     * @return true for {@link ThreadingMode#INVOKER}.
     */
    public boolean isInvoked() {
        return threading == ThreadingMode.INVOKER;
    }

    /**
     * The longest message: an eighth of a term, up to 16 MiB. It is Aeron's limit.
     *
     * @return bytes.
     */
    public int maxMessageBytes() {
        return Math.min(termBytes / TERM_TO_MESSAGE, LARGEST_MESSAGE_BYTES);
    }

    /**
     * How long an end may be silent before it counts as dead. Below {@link #livenessNs} by what the timers add.
     *
     * @return nanoseconds.
     */
    public long silenceNs() {
        return livenessNs * 7 / 10;
    }

    /**
     * How often timers are looked at.
     *
     * @return nanoseconds.
     */
    public long timerIntervalNs() {
        return livenessNs / 50;
    }
}
