package io.fizeau.transports.arq.congestion;

import io.fizeau.core.error.TransportException;

/**
 * Between what limits a window moves and where it starts (RFC 9002 section 7.2).
 *
 * @param datagramBytes the largest datagram.
 * @param minBytes two datagrams.
 * @param maxBytes the cap.
 */
record WindowLimits(int datagramBytes, long minBytes, long maxBytes) {
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final int INITIAL_BYTES = 14_720;
    private static final int INITIAL_DATAGRAMS = 10;
    private static final int MIN_DATAGRAMS = 2;
    private static final double NS_PER_SECOND = 1e9;
    /** The N of RFC 9002 section 7.7: a little faster than a window a round trip, so that the window is used in spite of variation. */
    private static final double PACING_GAIN = 1.25;

    static WindowLimits of(final int maxDatagramBytes, final long maxWindowBytes) {
        if (maxDatagramBytes < 1 || maxDatagramBytes > MAX_DATAGRAM_BYTES) {
            throw TransportException.badRequest(
                    "maxDatagramBytes=" + maxDatagramBytes + " must be from 1 to " + MAX_DATAGRAM_BYTES);
        }
        final long minBytes = (long) MIN_DATAGRAMS * maxDatagramBytes;
        if (maxWindowBytes < minBytes) {
            throw TransportException.badRequest("maxWindowBytes=" + maxWindowBytes
                    + " must be at least two datagrams of " + maxDatagramBytes + " bytes");
        }
        return new WindowLimits(maxDatagramBytes, minBytes, maxWindowBytes);
    }

    long initialBytes() {
        return Math.min(
                maxBytes, Math.min((long) INITIAL_DATAGRAMS * datagramBytes, Math.max(minBytes, INITIAL_BYTES)));
    }

    /** Bytes a second, saturating. */
    static long pacingBytesPerSecond(final long windowBytes, final long smoothedRttNs) {
        return smoothedRttNs <= 0
                ? Long.MAX_VALUE
                : Math.max(1, (long) (PACING_GAIN * NS_PER_SECOND * windowBytes / smoothedRttNs));
    }
}
