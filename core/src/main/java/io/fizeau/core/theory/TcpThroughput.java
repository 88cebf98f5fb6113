package io.fizeau.core.theory;

/**
 * What a long TCP connection sends at a given loss. Loss is the probability {@code p} that a packet, or the first of a bunch lost
 * together, is lost; times are in ns, rates in segments a second (times the segment's bytes: bytes a second). Pure functions; a value
 * out of range throws {@link io.fizeau.core.error.TransportException}.
 */
public final class TcpThroughput {
    private static final double NS_PER_SECOND = 1e9;
    private static final double RENO = Math.sqrt(3 / 2.0);
    /** Three duplicate acknowledgements: with fewer in the window a loss waits for the timer. */
    private static final int DUPLICATE_ACKS = 3;

    private TcpThroughput() {}

    /**
     * {@code sqrt(3/2) / (RTT sqrt(p))}. Source: Mathis, Semke, Mahdavi and Ott, <em>The macroscopic behavior of the TCP congestion
     * avoidance algorithm</em>, CCR 27(3), 1997. Assumptions: Reno's halving, periodic loss, each packet acknowledged, no time-outs, no
     * limit by window or link. Good for p up to about 2 %; above it time-outs rule and the result is too high.
     *
     * @param rttNs round trip, more than 0.
     * @param p loss, 0 to 1.
     * @return segments a second; infinite at p = 0.
     */
    public static double mathis(final double rttNs, final double p) {
        checkRtt(rttNs);
        Ranges.probability("p", p);
        return RENO / Math.sqrt(p) * NS_PER_SECOND / rttNs;
    }

    /**
     * The full model of Padhye, Firoiu, Towsley and Kurose, <em>Modeling TCP throughput: a simple model and its empirical
     * validation</em>, SIGCOMM 1998, there called the full model: the rate at which Reno sends, with time-outs and a largest window. Assumptions: losses
     * in different rounds are independent and in one round all behind the first are lost; a round lasts an RTT whatever the window; slow
     * start and fast recovery take no time; time-outs double up to 64 times. Delivered are fewer, by about p.
     *
     * @param rttNs round trip, more than 0.
     * @param timeoutNs the first time-out T0, 0 or more.
     * @param packetsPerAck b, packets acknowledged by one acknowledgement: 1, or 2 with delayed acknowledgements.
     * @param maxWindowPackets the largest window, 1 or more.
     * @param p loss, 0 to less than 1.
     * @return segments a second; the largest window a round trip at p = 0.
     */
    public static double pftk(
            final double rttNs,
            final double timeoutNs,
            final double packetsPerAck,
            final double maxWindowPackets,
            final double p) {
        checkRtt(rttNs);
        Ranges.atLeast("timeoutNs", timeoutNs, 0);
        Ranges.atLeast("packetsPerAck", packetsPerAck, 1);
        Ranges.atLeast("maxWindowPackets", maxWindowPackets, 1);
        Ranges.within("p", p, 0, Math.nextDown(1.0));
        if (p == 0) {
            return maxWindowPackets * NS_PER_SECOND / rttNs;
        }
        final double b = packetsPerAck;
        final double unlimited = pftkWindow(b, p);
        final boolean isLimited = unlimited >= maxWindowPackets;
        final double window = isLimited ? maxWindowPackets : unlimited;
        final double rounds = isLimited ? b / 8 * window + (1 - p) / (p * window) + 2 : b / 2 * window + 1;
        final double timeouts = timeoutShare(window, p);
        final double packets = (1 - p) / p + window + timeouts / (1 - p);
        final double ns = rttNs * rounds + timeouts * timeoutNs * backOff(p) / (1 - p);
        return packets / ns * NS_PER_SECOND;
    }

    /** The mean window at the end of a period between losses. */
    private static double pftkWindow(final double b, final double p) {
        final double c = (2 + b) / (3 * b);
        return c + Math.sqrt(8 * (1 - p) / (3 * b * p) + c * c);
    }

    /** The share of losses that end in a time-out; a window of three or less has no third duplicate. */
    private static double timeoutShare(final double window, final double p) {
        if (window <= DUPLICATE_ACKS) {
            return 1;
        }
        final double log = Math.log1p(-p);
        // 1 - (1 - p)^k without losing its digits at small p.
        final double one = -Math.expm1(DUPLICATE_ACKS * log);
        final double rest = -Math.expm1((window - DUPLICATE_ACKS) * log);
        final double all = -Math.expm1(window * log);
        return Math.min(1, one * (1 + (1 - one) * rest) / all);
    }

    /** The sum of a row of time-outs in units of the first, times 1 - p: the paper's f(p), a polynomial by Horner's rule. */
    private static double backOff(final double p) {
        return 1 + p * (1 + p * (2 + p * (4 + p * (8 + p * (16 + p * 32)))));
    }

    /**
     * The same authors' approximate model, which RFC 5348 section 3.1 uses: {@code 1 / (R sqrt(2bp/3) + T0 min(1, 3
     * sqrt(3bp/8)) p (1 + 32 p^2))}. RFC 5348 leaves the minimum out; it matters only above p = 0.3 at b = 1.
     *
     * @param rttNs round trip, more than 0.
     * @param timeoutNs the first time-out T0, 0 or more.
     * @param packetsPerAck b, 1 or more.
     * @param p loss, 0 to 1.
     * @return segments a second; infinite at p = 0.
     */
    public static double pftkApproximation(
            final double rttNs, final double timeoutNs, final double packetsPerAck, final double p) {
        checkRtt(rttNs);
        Ranges.atLeast("timeoutNs", timeoutNs, 0);
        Ranges.atLeast("packetsPerAck", packetsPerAck, 1);
        Ranges.probability("p", p);
        final double halving = rttNs * Math.sqrt(2 * packetsPerAck * p / 3);
        final double share = Math.min(1, 3 * Math.sqrt(3 * packetsPerAck * p / 8));
        return NS_PER_SECOND / (halving + timeoutNs * share * p * (1 + 32 * p * p));
    }

    /**
     * CUBIC by RFC 9438: the greater of its own mean window (section 5) and that of its Reno-friendly region (section
     * 4.3, equal to Reno's). Assumptions: periodic loss, each packet acknowledged, no time-outs, no limit by window or link.
     *
     * @param rttNs round trip, more than 0.
     * @param p loss, 0 to 1.
     * @return segments a second; infinite at p = 0.
     */
    public static double cubic(final double rttNs, final double p) {
        checkRtt(rttNs);
        Ranges.probability("p", p);
        final double rttSeconds = rttNs / NS_PER_SECOND;
        final double c = 0.4;
        final double beta = 0.7;
        final double constant = Math.pow(c * (3 + beta) / (4 * (1 - beta)), 0.25);
        final double window = constant * Math.pow(rttSeconds / p, 0.75);
        return Math.max(window, RENO / Math.sqrt(p)) / rttSeconds;
    }

    private static void checkRtt(final double rttNs) {
        Ranges.atLeast("rttNs", rttNs, Double.MIN_VALUE);
    }
}
