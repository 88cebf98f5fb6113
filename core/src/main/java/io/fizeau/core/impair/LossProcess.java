package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.random.SplitMix64;
import java.util.Arrays;

/** The draws of a {@link Loss}: a state that is asked about each packet once, in the order of their indices. */
interface LossProcess {
    /**
     * Whether a packet is lost.
     *
     * @param index its index from 0; one more than at the last call.
     * @param sinceFirstNs when it came after the first packet, not falling.
     */
    boolean isLost(long index, long sinceFirstNs);

    /** The process of a model under the seed of a direction. */
    static LossProcess of(final Loss loss, final long seed) {
        if (loss instanceof Loss.Independent independent) {
            return (index, ns) -> isLost(seed, index, independent.ppm());
        }
        if (loss instanceof Loss.Bursts bursts) {
            return new Walk(bursts.transitions(), seed);
        }
        if (loss instanceof Loss.Gilbert gilbert) {
            return new Walk(gilbert, seed);
        }
        if (loss instanceof Loss.TimedBursts timed) {
            return new Sojourns(timed, seed);
        }
        return (index, ns) -> false;
    }

    /** The rule that all links share; {@code 4 i} leaves room for further draws of the same packet. */
    private static boolean isLost(final long seed, final long index, final int ppm) {
        return Long.remainderUnsigned(SplitMix64.mix(seed ^ (index << 2)), Loss.MILLION) < ppm;
    }

    /** The first packets that loss and list take. */
    static int[] lostOfFirst(final OneWay way, final long seed, final int packets) {
        if (!way.loss().isByIndex()) {
            throw TransportException.badRequest(
                    "burst in time: which packets are lost depends on when they come and is not known beforehand;"
                            + " give burst as a number of packets");
        }
        final LossProcess process = of(way.loss(), seed);
        final int[] lost = new int[packets];
        int count = 0;
        int drop = 0;
        for (int i = 0; i < packets; i++) {
            boolean isLost = process.isLost(i, 0);
            if (drop < way.drops().size() && way.drops().get(drop) == i) {
                drop++;
                isLost = true;
            }
            if (isLost) {
                lost[count++] = i;
            }
        }
        return Arrays.copyOf(lost, count);
    }

    /** Gilbert's walk; the first packet finds the state as it is in the long run. */
    final class Walk implements LossProcess {
        private final Loss.Gilbert gilbert;
        private final long stream;
        private boolean isBad;

        Walk(final Loss.Gilbert gilbert, final long seed) {
            this.gilbert = gilbert;
            this.stream = Draws.stream(seed, Draws.LOSS);
        }

        @Override
        public boolean isLost(final long index, final long sinceFirstNs) {
            final double unit = SplitMix64.unit(SplitMix64.mix(stream ^ index));
            if (index == 0) {
                isBad = unit <= gilbert.ratio();
            } else if (isBad) {
                isBad = unit > gilbert.r();
            } else {
                isBad = unit <= gilbert.p();
            }
            return isBad;
        }
    }

    /** Good and bad times in turn; the first packet finds the state as it is in the long run. */
    final class Sojourns implements LossProcess {
        private final double badNs;
        private final double goodNs;
        private final long stream;
        private long sojourn;
        private long untilNs;
        private boolean isBad;

        Sojourns(final Loss.TimedBursts timed, final long seed) {
            this.badNs = timed.burstNs();
            this.goodNs = timed.gapNs();
            this.stream = Draws.stream(seed, Draws.LOSS);
            isBad = SplitMix64.unit(SplitMix64.mix(stream)) <= timed.ratio();
            untilNs = nextNs();
        }

        @Override
        public boolean isLost(final long index, final long sinceFirstNs) {
            while (sinceFirstNs >= untilNs) {
                isBad = !isBad;
                untilNs += nextNs();
            }
            return isBad;
        }

        /** The exponential distribution has no memory, so a first sojourn that has begun before is as long as any. */
        private long nextNs() {
            sojourn++;
            return Math.max(1, (long) SplitMix64.exponential(SplitMix64.mix(stream ^ sojourn), isBad ? badNs : goodNs));
        }
    }
}
