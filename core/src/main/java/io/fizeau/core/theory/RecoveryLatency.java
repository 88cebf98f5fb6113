package io.fizeau.core.theory;

/**
 * How long a message takes from its first sending to its delivery if its packet is lost once and what repairs it is not. All times in ns.
 * Assumptions: the round trip is twice the way, packets leave at a constant gap, nothing queues, processing takes no time. Without loss
 * a message takes half a round trip. Pure functions; a value out of range throws
 * {@link io.fizeau.core.error.TransportException}.
 */
public final class RecoveryLatency {
    private static final double TIME_THRESHOLD = 9 / 8.0;
    private static final int PACKET_THRESHOLD = 3;
    private static final int VARIATIONS = 4;

    private RecoveryLatency() {}

    /**
     * The receiver asks for it when the next packet shows the hole: {@code 1.5 RTT + gap + NAK delay} (half a round trip each for the
     * packet behind, the request and the repair).
     *
     * @param rttNs round trip, 0 or more.
     * @param gapNs from a packet to the next, 0 or more.
     * @param nakDelayNs how long the receiver waits before it asks, 0 or more.
     * @return ns.
     */
    public static double nakNs(final double rttNs, final double gapNs, final double nakDelayNs) {
        check(rttNs, gapNs);
        Ranges.atLeast("nakDelayNs", nakDelayNs, 0);
        return 1.5 * rttNs + gapNs + nakDelayNs;
    }

    /**
     * The sender resends when three later packets are acknowledged: {@code 1.5 RTT + 3 gaps} (RFC 9002 section 6.1.1, RFC 6675).
     * Assumes that each packet is acknowledged at once.
     *
     * @param rttNs round trip, 0 or more.
     * @param gapNs from a packet to the next, 0 or more.
     * @return ns.
     */
    public static double packetThresholdNs(final double rttNs, final double gapNs) {
        check(rttNs, gapNs);
        return 1.5 * rttNs + PACKET_THRESHOLD * gapNs;
    }

    /**
     * The sender resends when a later packet is acknowledged and 9/8 of a round trip have passed since the sending (RFC 9002 section
     * 6.1.2): {@code max(9/8 RTT, granularity, RTT + gap) + RTT/2}. RACK (RFC 8985) allows a quarter of
     * the least round trip for reordering instead of an eighth.
     *
     * @param rttNs round trip, 0 or more.
     * @param gapNs from a packet to the next, 0 or more.
     * @param granularityNs the least time threshold, 0 or more; RFC 9002 recommends 1 ms.
     * @return ns.
     */
    public static double timeThresholdNs(final double rttNs, final double gapNs, final double granularityNs) {
        check(rttNs, gapNs);
        Ranges.atLeast("granularityNs", granularityNs, 0);
        return Math.max(Math.max(TIME_THRESHOLD * rttNs, granularityNs), rttNs + gapNs) + rttNs / 2;
    }

    /**
     * The sender resends on whichever threshold is reached first.
     *
     * @param rttNs round trip, 0 or more.
     * @param gapNs from a packet to the next, 0 or more.
     * @param granularityNs the least time threshold, 0 or more.
     * @return ns.
     */
    public static double sackNs(final double rttNs, final double gapNs, final double granularityNs) {
        return Math.min(packetThresholdNs(rttNs, gapNs), timeThresholdNs(rttNs, gapNs, granularityNs));
    }

    /**
     * The last packet is lost and nothing shows it but a timer: {@code timer + one-way delay}. Assumes that what the timer sends
     * carries the lost data.
     *
     * @param rttNs round trip, 0 or more.
     * @param timerNs {@link #probeTimeoutNs} or {@link #retransmissionTimeoutNs}, 0 or more.
     * @return ns.
     */
    public static double tailNs(final double rttNs, final double timerNs) {
        Ranges.atLeast("rttNs", rttNs, 0);
        Ranges.atLeast("timerNs", timerNs, 0);
        return timerNs + rttNs / 2;
    }

    /**
     * The probe time-out of RFC 9002 section 6.2.1, not backed off: {@code smoothed RTT + max(4 variation, granularity) + max ack
     * delay}.
     *
     * @param smoothedRttNs smoothed round trip, 0 or more.
     * @param variationNs its mean deviation, 0 or more.
     * @param granularityNs the timer's granularity, 0 or more.
     * @param maxAckDelayNs how long the peer may hold an acknowledgement back, 0 or more.
     * @return ns.
     */
    public static double probeTimeoutNs(
            final double smoothedRttNs,
            final double variationNs,
            final double granularityNs,
            final double maxAckDelayNs) {
        Ranges.atLeast("maxAckDelayNs", maxAckDelayNs, 0);
        return retransmissionTimeoutNs(smoothedRttNs, variationNs, granularityNs, 0) + maxAckDelayNs;
    }

    /**
     * The retransmission time-out of RFC 6298 section 2, not backed off: {@code max(floor, smoothed RTT + max(granularity, 4
     * variation))}. The RFC's floor is 1 s. Linux differs: there the floor (200 ms, or a route's rto_min) holds for the second term
     * and not for the sum, for which pass it as the granularity and 0 as the floor.
     *
     * @param smoothedRttNs smoothed round trip, 0 or more.
     * @param variationNs its mean deviation, 0 or more.
     * @param granularityNs the clock's granularity, 0 or more.
     * @param floorNs the least time-out, 0 or more.
     * @return ns.
     */
    public static double retransmissionTimeoutNs(
            final double smoothedRttNs, final double variationNs, final double granularityNs, final double floorNs) {
        Ranges.atLeast("smoothedRttNs", smoothedRttNs, 0);
        Ranges.atLeast("variationNs", variationNs, 0);
        Ranges.atLeast("granularityNs", granularityNs, 0);
        Ranges.atLeast("floorNs", floorNs, 0);
        return Math.max(floorNs, smoothedRttNs + Math.max(granularityNs, VARIATIONS * variationNs));
    }

    /**
     * A block code repairs it without asking, at the latest when the last packet of the block is there: at most {@code RTT/2 + n
     * gaps}. Assumes that a block always fills.
     *
     * @param rttNs round trip, 0 or more.
     * @param gapNs from a packet to the next, 0 or more.
     * @param blockPackets packets in a block, data and repair, 1 or more.
     * @return ns, the greatest.
     */
    public static double fecNs(final double rttNs, final double gapNs, final int blockPackets) {
        check(rttNs, gapNs);
        Ranges.atLeast("blockPackets", blockPackets, 1);
        return rttNs / 2 + blockPackets * gapNs;
    }

    private static void check(final double rttNs, final double gapNs) {
        Ranges.atLeast("rttNs", rttNs, 0);
        Ranges.atLeast("gapNs", gapNs, 0);
    }
}
