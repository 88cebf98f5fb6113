package io.fizeau.transports.arq.cumulative;

import io.fizeau.core.error.TransportException;
import java.util.concurrent.TimeUnit;

/**
 * What can be chosen about {@link StopAndWait} and {@link GoBackN}.
 *
 * @param rtoMinNs the least retransmission time-out. RFC 6298 rule 2.4 asks for 1 s, for the Internet.
 * @param rtoMaxNs the greatest, at which its doubling ends. RFC 6298 rule 2.5 allows a limit of 60 s or more.
 */
public record CumulativeOptions(long rtoMinNs, long rtoMaxNs) {
    private static final long DEFAULT_RTO_MIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long DEFAULT_RTO_MAX_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long GREATEST_NS = TimeUnit.SECONDS.toNanos(120);

    /**
     * Checks them.
     *
     * @throws TransportException if one is out of range.
     */
    public CumulativeOptions {
        TransportException.requireWithin("rtoMinNs", rtoMinNs, 1, GREATEST_NS);
        TransportException.requireWithin("rtoMaxNs", rtoMaxNs, rtoMinNs, GREATEST_NS);
    }

    /**
     * 10 ms and 1 s.
     *
     * @return the options.
     */
    public static CumulativeOptions defaults() {
        return new CumulativeOptions(DEFAULT_RTO_MIN_NS, DEFAULT_RTO_MAX_NS);
    }
}
