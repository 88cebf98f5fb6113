package io.fizeau.results.stats.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds where a series changed, without assuming a distribution or a number of changes: E-divisive means. D. S. Matteson, N. A. James,
 * "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", Journal of the American Statistical Association
 * 109 (2014); on performance data: D. Daly et al., "The Use of Change Point Detection to Identify Software Performance Regressions in a
 * Continuous Integration System", ICPE 2020.
 *
 * <p>The series is cut again and again where two parts differ most by their energy distance. Each cut has to pass a permutation test: the
 * values within each segment are shuffled, and p = (k + 1) / (R + 1), where in k of R shuffles the best cut was at least as good. The
 * first cut that does not pass is the end. Shuffling stops when p can no longer reach the level. Time grows with the square of the
 * length, times permutations, times changes. Stateless, and seeded: the same series gives the same answer.
 */
public final class EDivisive {
    /** The longest series that is searched; of a longer one, the last so many values should be given. */
    public static final int MOST_VALUES = 1_000;

    /** Sums of the same numbers in another order differ by rounding; two cuts that differ by no more are equally good. */
    private static final double ROUNDING = 1e-9;

    private EDivisive() {}

    /**
     * {@return the changes by rising index; none if the series is shorter than two segments}
     *
     * @param series finite numbers in the order of time, at most {@link #MOST_VALUES} of them.
     * @param settings how to look.
     */
    public static List<Change> find(final double[] series, final ChangeSettings settings) {
        if (series.length > MOST_VALUES) {
            throw new IllegalArgumentException(series.length + " values are more than " + MOST_VALUES);
        }
        if (!Arrays.stream(series).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a series holds a value that is not finite");
        }
        final BestSplit best = new BestSplit(series.length);
        final SplittableRandom random = new SplittableRandom(settings.seed());
        final List<Segment> segments = new ArrayList<>();
        segments.add(Segment.of(0, series.length, series, best, settings));
        final List<Change> changes = new ArrayList<>();
        while (true) {
            final Segment next = segments.stream()
                    .max(Comparator.comparingDouble(Segment::statistic))
                    .orElseThrow();
            if (next.split() < 0) {
                break;
            }
            final double pValue = pValue(series, segments, next.statistic(), best, settings, random);
            if (pValue > settings.level()) {
                break;
            }
            changes.add(new Change(next.split(), pValue, next.statistic()));
            segments.remove(next);
            segments.add(Segment.of(next.from(), next.split(), series, best, settings));
            segments.add(Segment.of(next.split(), next.to(), series, best, settings));
        }
        changes.sort(Comparator.comparingInt(Change::index));
        return List.copyOf(changes);
    }

    /** How often values shuffled within their segments show as good a cut; above the level it may be any such number. */
    private static double pValue(
            final double[] series,
            final List<Segment> segments,
            final double observed,
            final BestSplit best,
            final ChangeSettings settings,
            final SplittableRandom random) {
        final int permutations = settings.permutations();
        final double threshold = observed - Math.abs(observed) * ROUNDING;
        final double[] shuffled = series.clone();
        int atLeastAsGood = 0;
        for (int i = 0; i < permutations; i++) {
            for (final Segment segment : segments) {
                shuffle(shuffled, segment.from(), segment.to(), random);
                best.find(shuffled, segment.from(), segment.to(), settings.minSegment());
                if (best.statistic() >= threshold) {
                    atLeastAsGood++;
                    break;
                }
            }
            if ((atLeastAsGood + 1.0) / (permutations + 1) > settings.level()) {
                break;
            }
        }
        return (atLeastAsGood + 1.0) / (permutations + 1);
    }

    /** Fisher and Yates. */
    private static void shuffle(final double[] values, final int from, final int to, final SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            final int j = from + random.nextInt(i - from + 1);
            final double value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    private record Segment(int from, int to, int split, double statistic) {
        static Segment of(
                final int from,
                final int to,
                final double[] series,
                final BestSplit best,
                final ChangeSettings settings) {
            best.find(series, from, to, settings.minSegment());
            return new Segment(from, to, best.split(), best.statistic());
        }
    }
}
