package io.fizeau.results.table;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.Summary;
import io.fizeau.results.validity.Validity;
import java.util.List;

/**
 * Latency against load: for each transport of a sweep a line for each rate that was offered, and the highest that holds.
 *
 * @param run what it was made from.
 * @param sweep what was looked for.
 * @param curves one for each transport and size.
 */
public record SweepTable(Run run, Manifest.Sweep sweep, List<Curve> curves) {
    /** Copies the list. */
    public SweepTable {
        curves = List.copyOf(curves);
    }

    /**
     * One transport.
     *
     * @param spec its spec string.
     * @param title the transport, the size, the regime and what else differs between curves.
     * @param regime spinning or blocking.
     * @param messageBytes the size, as the parameter says it.
     * @param variant what else differs; empty as a rule.
     * @param edge where its highest sustainable rate lies.
     * @param points by rising rate.
     * @param doubts why it must not be believed, such as a conformance kit that did not pass.
     */
    public record Curve(
            String spec,
            String title,
            String regime,
            String messageBytes,
            String variant,
            Manifest.Edge edge,
            List<Point> points,
            List<String> doubts) {
        /** Copies the lists. */
        public Curve {
            points = List.copyOf(points);
            doubts = List.copyOf(doubts);
        }

        /**
         * {@return the highest rate that held in all its forks and may be believed, in messages a second} The highest that the sweep
         * found, or, where that one is invalid, the next below; 0 if there is none.
         */
        public double highestPerSecond() {
            return points.stream()
                    .filter(point -> point.ratePerSecond() <= edge.heldPerSecond())
                    .filter(point ->
                            point.word().equals(Point.HOLDS) && point.validity().isValid())
                    .mapToDouble(Point::ratePerSecond)
                    .max()
                    .orElse(0);
        }
    }

    /**
     * One offered rate. Summaries are over forks; a fork that did not keep the rate has no latency, for its queue grows for as long as
     * one looks.
     *
     * @param ratePerSecond what was offered.
     * @param achievedPerSecond what was sent.
     * @param p50Ns the median response.
     * @param p99Ns the 99th percentile, in the forks in which enough stands behind it.
     * @param p999Ns the same for the 99.9th.
     * @param latenessP99Ns how late the generator was.
     * @param held in how many forks the rate held.
     * @param failed in how many it did not.
     * @param unclear in how many that could not be told.
     * @param whys what failed or could not be told, each once.
     * @param validity whether its forks may be believed, by the rules of a run.
     */
    public record Point(
            double ratePerSecond,
            Summary achievedPerSecond,
            Summary p50Ns,
            Summary p99Ns,
            Summary p999Ns,
            Summary latenessP99Ns,
            int held,
            int failed,
            int unclear,
            List<String> whys,
            Validity validity) {
        static final String HOLDS = "holds";
        static final String FAILS = "fails";

        /** Copies the list. */
        public Point {
            whys = List.copyOf(whys);
        }

        /** {@return one word about the rate: {@code holds}, {@code fails}, {@code disputed} or {@code unclear}} */
        String word() {
            if (held > 0) {
                return failed + unclear == 0 ? HOLDS : failed == 0 ? "unclear" : "disputed";
            }
            return failed > 0 && unclear == 0 ? FAILS : "unclear";
        }
    }

    /** {@return whether a sustainable rate that may be believed was found for each transport, all of which passed the kit} */
    public boolean isValid() {
        return run.manifest().complete()
                && curves.stream().allMatch(curve -> curve.doubts().isEmpty() && curve.highestPerSecond() > 0);
    }

    /**
     * {@return the table of a sweep}
     *
     * @param run a run whose manifest says that it was a sweep.
     */
    public static SweepTable of(final Run run) {
        return SweepCurves.of(run);
    }
}
