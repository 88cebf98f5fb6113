package io.fizeau.results.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction for a family of tests. Stateless. */
public final class HolmCorrection {
    private HolmCorrection() {}

    /**
     * Adjusts p-values so that, whatever their dependence, the chance of even one false positive among the family stays at the
     * level each adjusted value is compared with: in ascending order the k-th of m (from 1) is multiplied by m - k + 1, and is
     * never below the one before it nor above 1.
     *
     * <p>Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
     *
     * @param pValues of the family; a NaN stays NaN and does not count as a member.
     * @return the adjusted values in the order given.
     */
    public static double[] adjust(final double... pValues) {
        final int[] order = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        final double[] adjusted = pValues.clone();
        double before = 0;
        for (int k = 0; k < order.length; k++) {
            before = Math.max(before, Math.min(1, pValues[order[k]] * (order.length - k)));
            adjusted[order[k]] = before;
        }
        return adjusted;
    }
}
