package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Which messages a loss has hit, where nobody can see them: an estimate for TCP and Aeron, whose packets are not messages. A message
 * counts as hit if it took longer than {@code median + RTT/2}, RTT being the link's two delays: no recovery is faster than half a
 * round trip after the loss could be noticed, and little else adds as much on a link of milliseconds. What jitter can add comes on
 * top of that bound. On a link without delay the median stands for the RTT.
 *
 * <p>What the host itself delays by as much is taken for a hit too: the same row at {@code loss} 0 shows how many that are.
 *
 * <p>Messages that wait behind a lost one are hit as well, so the share is no loss rate. Where more than half of all messages are hit
 * the median is a hit one's, and the estimate too low: the row {@code hit.estimated:medianRtts}, the median in RTTs, shows that. It is
 * made of the histogram at an iteration's end and costs the hot path nothing. Immutable.
 *
 * @param thresholdNs what a message had to exceed, in nanoseconds.
 * @param medianNs the median of all.
 * @param roundTripNs the RTT it went by.
 * @param all how many messages there were.
 * @param extra by how much those that were hit exceeded the median.
 */
public record HitEstimate(long thresholdNs, long medianNs, long roundTripNs, long all, LatencyDistribution extra) {
    /** What the rows start with. */
    public static final String LABEL = "hit.estimated";

    private static final double NS_PER_MS = 1e6;

    /**
     * Makes the estimate.
     *
     * @param latencies of all messages of an iteration.
     * @param impairment says what the link's delays are.
     * @return the estimate.
     */
    public static HitEstimate of(final LatencyDistribution latencies, final TrialImpairment impairment) {
        final long medianNs = latencies.percentileNs(50);
        final long roundTripNs = impairment.roundTripNs() > 0 ? impairment.roundTripNs() : medianNs;
        final long thresholdNs = medianNs + roundTripNs / 2 + impairment.jitterNs();
        final Histogram extra = new Histogram(LatencyRecorder.LONGEST_NS, LatencyRecorder.SIGNIFICANT_DIGITS);
        for (final HistogramIterationValue value : latencies.histogram().recordedValues()) {
            if (value.getValueIteratedTo() > thresholdNs) {
                extra.recordValueWithCount(value.getValueIteratedTo() - medianNs, value.getCountAtValueIteratedTo());
            }
        }
        return new HitEstimate(thresholdNs, medianNs, roundTripNs, latencies.count(), LatencyDistribution.of(extra));
    }

    /**
     * Adds it to an iteration's rows: the distribution of the extra time, and how many were hit.
     *
     * @param figures the rows so far.
     * @return the rows with these.
     */
    public LatencyFigures addTo(final LatencyFigures figures) {
        return figures.with(LABEL, extra)
                .with(List.of(
                        Figure.count(LABEL + ":count", (double) extra.count()),
                        Figure.mean(LABEL + ":share", share(), "share"),
                        Figure.mean(LABEL + ":threshold", (double) thresholdNs / NS_PER_MS, "ms"),
                        Figure.mean(
                                LABEL + ":medianRtts",
                                roundTripNs == 0 ? Double.NaN : (double) medianNs / roundTripNs,
                                "RTT")));
    }

    /**
     * The share of messages that were hit.
     *
     * @return from 0 to 1; NaN if there were none.
     */
    public double share() {
        return all == 0 ? Double.NaN : (double) extra.count() / all;
    }
}
