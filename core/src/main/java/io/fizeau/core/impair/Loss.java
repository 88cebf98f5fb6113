package io.fizeau.core.impair;

/** Which packets of one way are lost at random. Immutable; the draws are made by the path. */
public sealed interface Loss permits Loss.None, Loss.Independent, Loss.Bursts, Loss.Gilbert, Loss.TimedBursts {
    /** Parts in a million, the unit of loss. */
    int MILLION = 1_000_000;

    /**
     * The share of packets lost in the long run; for {@link TimedBursts} the share of time.
     *
     * @return from 0 to 1.
     */
    double ratio();

    /**
     * Whether which packets are lost depends on their index alone.
     *
     * @return false if it depends on when they come.
     */
    default boolean isByIndex() {
        return true;
    }

    /** No random loss. */
    record None() implements Loss {
        @Override
        public double ratio() {
            return 0;
        }
    }

    /**
     * Bernoulli: packet i is lost when {@code mix(seed ^ 4 i) mod 1 000 000 < ppm}, unsigned.
     *
     * @param ppm parts in a million, from 1 to 1 000 000.
     */
    record Independent(int ppm) implements Loss {
        @Override
        public double ratio() {
            return ppm / (double) MILLION;
        }
    }

    /**
     * Gilbert's model by its results: a share of packets lost, and the mean length of a burst.
     *
     * @param ppm parts in a million, more than 0.
     * @param packets the mean number of packets lost in a row, 1 or more.
     */
    record Bursts(int ppm, double packets) implements Loss {
        @Override
        public double ratio() {
            return ppm / (double) MILLION;
        }

        /**
         * The same by its transitions: r = 1/packets, and p such that p/(p + r) is the loss.
         *
         * @return the transitions.
         */
        public Gilbert transitions() {
            final double leave = 1 / packets;
            return new Gilbert(leave * ratio() / (1 - ratio()), leave);
        }
    }

    /**
     * Gilbert's model (Gilbert, <em>Capacity of a burst-noise channel</em>, 1960, with all lost in the bad state): a walk over two
     * states with a step a packet. Loss is p/(p + r), a mean burst 1/r packets.
     *
     * @param p the probability to go from good to bad, more than 0 and at most 1.
     * @param r the probability to go from bad to good, more than 0 and at most 1.
     */
    record Gilbert(double p, double r) implements Loss {
        @Override
        public double ratio() {
            return p / (p + r);
        }
    }

    /**
     * The same in time: exponentially distributed sojourns in the good and in the bad state, so that who sends faster does not have
     * longer bursts in time.
     *
     * @param ppm the share of time in the bad state in parts in a million, more than 0 and less than a million.
     * @param burstNs the mean sojourn in the bad state in ns.
     */
    record TimedBursts(int ppm, long burstNs) implements Loss {
        @Override
        public double ratio() {
            return ppm / (double) MILLION;
        }

        /**
         * The mean sojourn in the good state.
         *
         * @return ns.
         */
        public double gapNs() {
            return burstNs * (1 - ratio()) / ratio();
        }

        @Override
        public boolean isByIndex() {
            return false;
        }
    }
}
