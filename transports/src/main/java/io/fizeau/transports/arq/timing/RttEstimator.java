package io.fizeau.transports.arq.timing;

import io.fizeau.core.error.TransportException;

/**
 * The round trip of one path, estimated from samples, and the time-outs computed from it. All times in ns; no clock is read.
 *
 * <p>Smoothing by RFC 6298 section 2 (alpha 1/8, beta 1/4), delays of acknowledgements by RFC 9002 section 5. The variation takes
 * the smoothed round trip from before the sample, as RFC 6298 and the pseudocode in RFC 9002 appendix A.7 do. None of the time-outs
 * is backed off: that is up to who runs the timer. For one thread; allocates nothing.
 */
public final class RttEstimator {
    private static final double ALPHA = 1 / 8.0;
    private static final double BETA = 1 / 4.0;
    private static final double TIME_THRESHOLD = 9 / 8.0;
    private static final int VARIATIONS = 4;

    private final long initialNs;
    private boolean hasSample;
    private long latestNs;
    private long minNs;
    private double smoothedNs;
    private double variationNs;

    /**
     * An estimator without a sample.
     *
     * @param initialNs the smoothed round trip until there is a sample, 1 or more; RFC 9002 section 6.2.2 recommends 333 ms where
     *     nothing is known of the path.
     * @throws TransportException if the initial round trip is less than 1.
     */
    public RttEstimator(final long initialNs) {
        if (initialNs < 1) {
            throw TransportException.badRequest("initialNs=" + initialNs + " must be at least 1");
        }
        this.initialNs = initialNs;
        reset();
    }

    /** Forgets all samples, as for a new path. */
    public void reset() {
        hasSample = false;
        latestNs = 0;
        minNs = 0;
        smoothedNs = initialNs;
        variationNs = initialNs / 2.0;
    }

    /**
     * The least round trip starts anew from the latest sample. RFC 9002 section 5.2 wants that after persistent congestion, since the
     * path may have become longer.
     */
    public void restartMinimum() {
        minNs = latestNs;
    }

    /**
     * Takes a sample. Whether one may be taken is the caller's business: not from a datagram whose acknowledgement is ambiguous (RFC
     * 6298 section 3), and one for each acknowledgement, from the largest newly acknowledged (RFC 9002 section 5.1).
     *
     * @param sampleNs from the sending to the acknowledgement; less than 0 counts as 0.
     * @param ackDelayNs how long the peer says it held the acknowledgement back; less than 0 counts as 0.
     * @param maxAckDelayNs the most that the peer may claim, 0 or more. The claim is not believed either where it takes the sample
     *     below the least round trip.
     */
    public void onSample(final long sampleNs, final long ackDelayNs, final long maxAckDelayNs) {
        latestNs = Math.max(0, sampleNs);
        if (!hasSample) {
            hasSample = true;
            minNs = latestNs;
            smoothedNs = latestNs;
            variationNs = latestNs / 2.0;
            return;
        }
        minNs = Math.min(minNs, latestNs);
        final long delayNs = Math.max(0, Math.min(ackDelayNs, maxAckDelayNs));
        final long adjustedNs = latestNs - minNs >= delayNs ? latestNs - delayNs : latestNs;
        variationNs += BETA * (Math.abs(smoothedNs - adjustedNs) - variationNs);
        smoothedNs += ALPHA * (adjustedNs - smoothedNs);
    }

    /**
     * Whether there was a sample since the start or the last {@link #reset()}.
     *
     * @return false while the smoothed round trip is the initial one.
     */
    public boolean hasSample() {
        return hasSample;
    }

    /**
     * The latest sample, the peer's delay included.
     *
     * @return ns; 0 before the first sample.
     */
    public long latestNs() {
        return latestNs;
    }

    /**
     * The least sample, the peer's delay included.
     *
     * @return ns; 0 before the first sample.
     */
    public long minNs() {
        return minNs;
    }

    /**
     * The smoothed round trip, without the peer's delays.
     *
     * @return ns, rounded down.
     */
    public long smoothedNs() {
        return (long) smoothedNs;
    }

    /**
     * The smoothed mean deviation of the samples.
     *
     * @return ns, rounded down.
     */
    public long variationNs() {
        return (long) variationNs;
    }

    /**
     * The retransmission time-out of RFC 6298 section 2: {@code smoothed + max(granularity, 4 variation)} within limits.
     *
     * @param granularityNs the timer's granularity, 0 or more.
     * @param floorNs the least time-out; the RFC's is 1 s.
     * @param ceilingNs the greatest time-out, at least the floor; the RFC's is at least 60 s.
     * @return ns.
     */
    public long retransmissionTimeoutNs(final long granularityNs, final long floorNs, final long ceilingNs) {
        return Math.min(ceilingNs, Math.max(floorNs, (long) withDeviation(granularityNs)));
    }

    /**
     * The probe time-out of RFC 9002 section 6.2.1: {@code smoothed + max(4 variation, granularity) + max ack delay}.
     *
     * @param granularityNs the timer's granularity, 0 or more; the RFC recommends 1 ms.
     * @param maxAckDelayNs how long the peer may hold an acknowledgement back, 0 or more.
     * @return ns; {@link Long#MAX_VALUE} where the sum is greater.
     */
    public long probeTimeoutNs(final long granularityNs, final long maxAckDelayNs) {
        return (long) (withDeviation(granularityNs) + maxAckDelayNs);
    }

    /**
     * How long after its sending a datagram counts as lost when a later one is acknowledged: the time threshold of RFC 9002 section
     * 6.1.2, {@code max(9/8 max(smoothed, latest), granularity)}.
     *
     * @param granularityNs the timer's granularity, 0 or more.
     * @return ns.
     */
    public long lossDelayNs(final long granularityNs) {
        return Math.max((long) (TIME_THRESHOLD * Math.max(smoothedNs, (double) latestNs)), granularityNs);
    }

    private double withDeviation(final long granularityNs) {
        return smoothedNs + Math.max((double) granularityNs, VARIATIONS * variationNs);
    }

    @Override
    public String toString() {
        return "smoothed " + smoothedNs() + " ns, variation " + variationNs() + " ns, least " + minNs + " ns";
    }
}
