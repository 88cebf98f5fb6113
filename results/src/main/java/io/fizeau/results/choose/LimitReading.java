package io.fizeau.results.choose;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.run.ForkData;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Samples;
import io.fizeau.results.stats.Summary;
import java.util.List;
import java.util.Map;

/**
 * What the forks of a row say of one limit.
 *
 * @param limit to a percentile of the latency.
 * @param value the percentile over the forks that tell it, in nanoseconds.
 * @param worstNs the longest of what decided in each fork, in nanoseconds: the percentile, or where it is not told a later one that is no
 *     less; NaN if none is told.
 * @param within how many forks keep the limit.
 * @param beyond how many do not.
 * @param unknown in how many too few messages stand behind the percentile to say either.
 * @param isBound in some fork the percentile falls among messages that never came back, and is longer than any deadline.
 */
public record LimitReading(
        Limit limit, Summary value, double worstNs, int within, int beyond, int unknown, boolean isBound) {
    private static final List<String> POINTS = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final String LOST = "lost";

    static LimitReading of(final Row row, final Map<String, Measure> measures, final Limit limit) {
        double worstNs = Double.NaN;
        int within = 0;
        int beyond = 0;
        int unknown = 0;
        boolean isBound = false;
        for (final ForkResult fork : row.okForks()) {
            final boolean isFork = isBound(row, measures, fork, limit.point());
            final int side = isFork ? 1 : side(row, measures, fork, limit);
            isBound |= isFork;
            final double decisive = decisive(measures, fork, limit.point());
            worstNs = decisive > worstNs || Double.isNaN(worstNs) ? decisive : worstNs;
            within += side < 0 ? 1 : 0;
            beyond += side > 0 ? 1 : 0;
            unknown += side == 0 ? 1 : 0;
        }
        return new LimitReading(
                limit,
                Summary.of(row.okForks().stream()
                        .mapToDouble(fork -> value(measures, fork, limit.point()))
                        .toArray()),
                worstNs,
                within,
                beyond,
                unknown,
                isBound);
    }

    /** {@return what is left of the limit in the worst fork, as a share of it; negative beyond it, NaN if a fork does not tell} */
    public double headroom() {
        if (isBound) {
            return Double.NEGATIVE_INFINITY;
        }
        return unknown > 0 ? Double.NaN : 1 - worstNs / limit.limitNs();
    }

    /** Below 0 within the limit, above 0 beyond it. A later percentile that is within, or an earlier one that is beyond, decides too. */
    private static int side(
            final Row row, final Map<String, Measure> measures, final ForkResult fork, final Limit limit) {
        final int at = POINTS.indexOf(limit.point());
        for (int i = at; i < POINTS.size(); i++) {
            final double value = value(measures, fork, POINTS.get(i));
            if (value <= limit.limitNs() && !isBound(row, measures, fork, POINTS.get(i))) {
                return -1;
            }
        }
        for (int i = at; i >= 0; i--) {
            if (value(measures, fork, POINTS.get(i)) > limit.limitNs()) {
                return 1;
            }
        }
        return 0;
    }

    private static double decisive(final Map<String, Measure> measures, final ForkResult fork, final String point) {
        return POINTS.subList(POINTS.indexOf(point), POINTS.size()).stream()
                .mapToDouble(later -> value(measures, fork, later))
                .filter(Double::isFinite)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double value(final Map<String, Measure> measures, final ForkResult fork, final String name) {
        final Measure measure = measures.get(name);
        return measure == null ? Double.NaN : measure.of(fork);
    }

    private static boolean isBound(
            final Row row, final Map<String, Measure> measures, final ForkResult fork, final String point) {
        if (OpenLoopMetrics.isOpenLoop(row)) {
            return OpenLoopMetrics.isBound(fork, point);
        }
        // One at a time: JMH keeps at least so many round trips, and a lost one took longer than any of them.
        final double lost = value(measures, fork, LOST);
        final double kept =
                fork.primary().map(ForkData::merged).orElse(Samples.NONE).count();
        return lost > 0 && lost > (lost + kept) * new Limit(point, 1).beyond();
    }
}
