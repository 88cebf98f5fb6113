package io.fizeau.transports.arq.nak;

import io.fizeau.core.error.TransportException;
import java.util.concurrent.TimeUnit;

/**
 * What can be chosen about {@link NakBased}.
 *
 * @param nakDelayNs how long a gap may stay before it is asked for: time for a datagram that was overtaken. 0: at once.
 * @param retryMaxNs the longest wait for what was asked for, at which its doubling ends.
 * @param heartbeatMaxNs the longest pause between heartbeats, at which its doubling ends.
 */
public record NakOptions(long nakDelayNs, long retryMaxNs, long heartbeatMaxNs) {
    private static final long DEFAULT_RETRY_MAX_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DEFAULT_HEARTBEAT_MAX_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GREATEST_DELAY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GREATEST_PAUSE_NS = TimeUnit.SECONDS.toNanos(60);

    /**
     * Checks them.
     *
     * @throws TransportException if one is out of range.
     */
    public NakOptions {
        TransportException.requireWithin("nakDelayNs", nakDelayNs, 0, GREATEST_DELAY_NS);
        TransportException.requireWithin("retryMaxNs", retryMaxNs, LEAST_PAUSE_NS, GREATEST_PAUSE_NS);
        TransportException.requireWithin("heartbeatMaxNs", heartbeatMaxNs, LEAST_PAUSE_NS, GREATEST_PAUSE_NS);
    }

    /**
     * Gaps are asked for at once; again after 1 s at the latest; a heartbeat after 100 ms at the latest.
     *
     * @return the options.
     */
    public static NakOptions defaults() {
        return new NakOptions(0, DEFAULT_RETRY_MAX_NS, DEFAULT_HEARTBEAT_MAX_NS);
    }

    /**
     * The same with another delay.
     *
     * @param delayNs how long a gap may stay before it is asked for.
     * @return the options.
     */
    public NakOptions withNakDelayNs(final long delayNs) {
        return new NakOptions(delayNs, retryMaxNs, heartbeatMaxNs);
    }
}
