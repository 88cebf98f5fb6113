package io.fizeau.core.theory;

/**
 * How much is lost: in Gilbert's model, and behind a block code. Pure functions; a value out of range throws
 * {@link io.fizeau.core.error.TransportException}.
 */
public final class LossFormulas {
    private static final int MAX_BLOCK = 65_535;

    private LossFormulas() {}

    /**
     * Loss of Gilbert's model in the long run: {@code p / (p + r)}. Source: Gilbert, <em>Capacity of a burst-noise channel</em>, Bell
     * System Technical Journal 39, 1960. Assumes that all is lost in the bad state and nothing in the good one, and a step a packet.
     *
     * @param p probability to go from good to bad, more than 0 and at most 1.
     * @param r probability to go from bad to good, more than 0 and at most 1.
     * @return from 0 to 1.
     */
    public static double gilbertLoss(final double p, final double r) {
        Ranges.within("p", p, Double.MIN_VALUE, 1);
        Ranges.within("r", r, Double.MIN_VALUE, 1);
        return p / (p + r);
    }

    /**
     * The mean number of packets that Gilbert's model loses in a row: {@code 1 / r}; the number is geometrically distributed.
     *
     * @param r probability to go from bad to good, more than 0 and at most 1.
     * @return packets, 1 or more.
     */
    public static double gilbertBurst(final double r) {
        Ranges.within("r", r, Double.MIN_VALUE, 1);
        return 1 / r;
    }

    /**
     * What stays lost behind a block code that repairs up to m losses of n: {@code sum over i > m of C(n,i) p^i (1-p)^(n-i) i/n}, the
     * share of packets in blocks with more losses than can be repaired, counting those that are lost. Assumes independent loss, a code
     * in which any n - m packets suffice (such as Reed-Solomon), and that the packets which did arrive of a block beyond repair are
     * used.
     *
     * @param blockPackets n, data and repair packets of a block, 1 to 65 535.
     * @param repairPackets m, the repair packets of these, 0 to n - 1.
     * @param p loss, 0 to 1.
     * @return from 0 to p; p itself if m is 0.
     */
    public static double fecResidual(final int blockPackets, final int repairPackets, final double p) {
        Ranges.within("blockPackets", blockPackets, 1, MAX_BLOCK);
        Ranges.within("repairPackets", repairPackets, 0, blockPackets - 1.0);
        Ranges.probability("p", p);
        if (p == 0 || p == 1) {
            return p;
        }
        final double logOdds = Math.log(p) - Math.log1p(-p);
        double logTerm = blockPackets * Math.log1p(-p);
        double sum = 0;
        for (int i = 1; i <= blockPackets; i++) {
            logTerm += Math.log((blockPackets - i + 1.0) / i) + logOdds;
            if (i > repairPackets) {
                sum += Math.exp(logTerm) * i / blockPackets;
            }
        }
        return sum;
    }
}
