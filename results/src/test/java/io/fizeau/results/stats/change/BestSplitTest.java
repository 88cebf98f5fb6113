package io.fizeau.results.stats.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BestSplitTest {
    @Test
    void shouldGiveTheStatisticThatIsComputedByHand() {
        // Between 3+7+2+6 = 18, so 2*18/4 = 9; within 2*1/2 = 1 and 2*4/2 = 4; E = 4, and Q = 2*2/4 E.
        final BestSplit best = split(2, 1, 2, 4, 8);
        assertThat(best.split()).isEqualTo(2);
        assertThat(best.statistic()).isCloseTo(4, within(1e-12));
    }

    @Test
    void shouldEndTheSecondPartWhereAChangeBackWouldHideTheFirst() {
        // To the end of the series Q would be 4*2/6 * 2*(20/8 + ...) = 4.4 at the most; up to the change back it is 20.
        final BestSplit best = split(2, 0, 0, 10, 10, 0, 0);
        assertThat(best.split()).isEqualTo(2);
        assertThat(best.statistic()).isCloseTo(20, within(1e-12));
    }

    @Test
    void shouldAgreeWithTheFormulaOverAllPairs() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 20; trial++) {
            final double[] series =
                    random.doubles(17).map(x -> Math.floor(x * 6)).toArray();
            assertThat(split(3, series).statistic()).isCloseTo(byDefinition(series, 3), within(1e-9));
        }
    }

    @Test
    void shouldHaveNoSplitOfASegmentThatIsTooShort() {
        assertThat(split(2, 1, 2, 4).split()).isEqualTo(-1);
    }

    private static BestSplit split(final int minSegment, final double... series) {
        final BestSplit best = new BestSplit(series.length);
        best.find(series, 0, series.length, minSegment);
        return best;
    }

    private static double byDefinition(final double[] series, final int minSegment) {
        double best = Double.NEGATIVE_INFINITY;
        for (int at = minSegment; at <= series.length - minSegment; at++) {
            for (int to = at + minSegment; to <= series.length; to++) {
                final double n = at;
                final double m = to - at;
                final double energy =
                        2 * mean(series, 0, at, at, to) - mean(series, 0, at, 0, at) - mean(series, at, to, at, to);
                best = Math.max(best, n * m / (n + m) * energy);
            }
        }
        return best;
    }

    /** Of the distances of all pairs of two different values. */
    private static double mean(final double[] series, final int from, final int to, final int from2, final int to2) {
        double sum = 0;
        int pairs = 0;
        for (int i = from; i < to; i++) {
            for (int j = from2; j < to2; j++) {
                if (i != j) {
                    sum += Math.abs(series[i] - series[j]);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }
}
