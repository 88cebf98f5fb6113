package io.fizeau.transports.arq.cumulative;

import io.fizeau.transports.arq.timing.RttEstimator;
import java.util.concurrent.TimeUnit;

/**
 * How long the oldest piece waits for its acknowledgement: RFC 6298, doubled with each time-out up to a limit.
 *
 * <p>A new acknowledgement takes the doubling back. Karn's algorithm would keep it until there is a sample; with a window of which all
 * is sent again that would punish each further loss. What Karn's algorithm is there for, a path that has become longer than the time-out
 * and so never gives a sample, is seen otherwise: the peer reports that it had what was sent again, so the acknowledgement before was for an
 * earlier sending (the idea of RFC 3522). The time since the first one is then a sample after all: at the most too long.
 */
final class RetransmissionTimeout {
    /** As in RFC 9002 section 6.1.2; keeps the time-out away from the round trip when that does not vary. */
    private static final long GRANULARITY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RttEstimator estimator;
    private final CumulativeOptions options;
    private int doublings;
    private long doubtfulNs; // the last sample that may be one; 0: none
    private long timeoutNs;

    RetransmissionTimeout(final long initialRttNs, final CumulativeOptions options) {
        this.estimator = new RttEstimator(initialRttNs);
        this.options = options;
        compute();
    }

    long timeoutNs() {
        return timeoutNs;
    }

    /** How many time-outs there were in a row. */
    int doublings() {
        return doublings;
    }

    void onTimeout() {
        doublings++;
        compute();
    }

    /** A piece that was sent once is acknowledged. */
    void onSample(final long sampleNs) {
        estimator.onSample(sampleNs, 0, 0);
        doubtfulNs = 0;
        doublings = 0;
        compute();
    }

    /** A piece that was sent more than once is acknowledged: this long after it was first sent. */
    void onDoubtfulSample(final long sampleNs) {
        doubtfulNs = sampleNs;
        onProgress();
    }

    /** A closed credit has opened. */
    void onProgress() {
        if (doublings > 0) {
            doublings = 0;
            compute();
        }
    }

    /** The peer had what was sent again. */
    void onSpurious() {
        if (doubtfulNs > 0) {
            estimator.onSample(doubtfulNs, 0, 0);
            doubtfulNs = 0;
            compute();
        }
    }

    long roundTripNs() {
        return estimator.smoothedNs();
    }

    private void compute() {
        final long once = estimator.retransmissionTimeoutNs(GRANULARITY_NS, options.rtoMinNs(), options.rtoMaxNs());
        final boolean isWithin = doublings < Long.numberOfLeadingZeros(once) && once << doublings < options.rtoMaxNs();
        timeoutNs = isWithin ? once << doublings : options.rtoMaxNs();
    }
}
