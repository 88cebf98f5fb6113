package io.fizeau.results.metric;

import io.fizeau.results.run.ForkData;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Samples;
import io.fizeau.results.stats.Summary;
import java.util.function.ToDoubleFunction;

/**
 * The one number a fork contributes to a metric. The fork is the sample: iterations within a fork are not independent of each
 * other, so they are merged or condensed before anything is compared. NaN where a fork has no such number. Stateless.
 */
public final class ForkMetrics {
    /** Allocated by the client's threads while messages were under way, in bytes per message. */
    public static final String CLIENT_ALLOCATION = "client:alloc.norm";
    /** The same for rows without it: of the whole JVM, by JMH's {@code -prof gc}, in bytes per operation. */
    public static final String JVM_ALLOCATION = "gc.alloc.rate.norm";
    /** Allocated at the server, as it reports itself, in bytes per operation. */
    public static final String SERVER_ALLOCATION = "server:alloc.norm";

    /** Messages that were accepted and never arrived, a count per iteration. */
    public static final String LOST = "lost";

    private static final int SAMPLES_BEYOND = 10;

    private ForkMetrics() {}

    /**
     * A percentile of all samples of the fork (SampleTime), in nanoseconds: {@link Samples#percentile} of its merged
     * iterations. Above the median it is NaN unless at least ten samples lie beyond it.
     *
     * @param fork of a SampleTime benchmark.
     * @param percent for example 99.
     * @return NaN in another mode, or when the samples do not carry this percentile.
     */
    public static double percentileNs(final ForkResult fork, final double percent) {
        final Samples samples = fork.primary().map(ForkData::merged).orElse(Samples.NONE);
        // The last term forgives the rounding of 100 - percent.
        if (percent > 50 && samples.count() * (100 - percent) / 100 < SAMPLES_BEYOND - 1e-6) {
            return Double.NaN;
        }
        return samples.percentile(percent) * JmhUnits.nsPerOp(unit(fork));
    }

    /**
     * A percentile of the closed round trips: of all of them where the benchmark recorded them itself, else of JMH's samples.
     *
     * @param fork of a closed loop.
     * @param percent 50 or 99.
     * @return nanoseconds; NaN where the samples do not carry it.
     */
    public static double closedNs(final ForkResult fork, final int percent) {
        return closedNs(fork, "p" + percent);
    }

    /**
     * The same for any point of the distribution.
     *
     * @param fork of a closed loop.
     * @param point {@code p50} to {@code p99.99}, or {@code max}.
     * @return nanoseconds; NaN where the samples do not carry it.
     */
    public static double closedNs(final ForkResult fork, final String point) {
        final boolean isRecorded = !Double.isNaN(merged(fork, "service:max"));
        if (isRecorded) {
            return merged(fork, "service:" + point);
        }
        return point.equals("max")
                ? fork.primary().map(ForkData::merged).orElse(Samples.NONE).percentile(100)
                        * JmhUnits.nsPerOp(unit(fork))
                : percentileNs(fork, Double.parseDouble(point.substring(1)));
    }

    /**
     * Time per operation in nanoseconds: the median over the fork's iterations; in SampleTime the median of its samples.
     *
     * @param fork of a benchmark that measures time.
     * @return NaN if it measures something else.
     */
    public static double timeNs(final ForkResult fork) {
        final double p50 = percentileNs(fork, 50);
        return Double.isNaN(p50) ? median(fork) * JmhUnits.nsPerOp(unit(fork)) : p50;
    }

    /**
     * Operations per second: the median over the fork's iterations.
     *
     * @param fork of a Throughput benchmark.
     * @return NaN if it measures something else.
     */
    public static double perSecond(final ForkResult fork) {
        return median(fork) * JmhUnits.opsPerSecond(unit(fork));
    }

    /**
     * The primary metric in JMH's own unit: the median over the fork's iterations.
     *
     * @param fork of any benchmark.
     * @return NaN if it failed.
     */
    public static double score(final ForkResult fork) {
        return median(fork);
    }

    /**
     * A secondary metric in its own unit: the median over the fork's iterations.
     *
     * @param fork of any benchmark.
     * @param label of the metric.
     * @return NaN where the fork has none.
     */
    public static double secondary(final ForkResult fork, final String label) {
        return fork.secondary(label).map(ForkData::median).orElse(Double.NaN);
    }

    /**
     * {@return what the client allocated for a message, in bytes} NaN where the fork does not say it.
     *
     * @param fork of any benchmark.
     */
    public static double clientAllocation(final ForkResult fork) {
        final double byThreads = secondary(fork, CLIENT_ALLOCATION);
        // The whole JVM's has the instrument's own in it: JMH's buffers, and histograms that are emptied and written
        // out.
        return Double.isNaN(byThreads) ? secondary(fork, JVM_ALLOCATION) : byThreads;
    }

    /**
     * A secondary metric that was merged over the fork's iterations by whoever wrote it: a percentile of all messages. JMH's score
     * where the file holds just this fork, else the median over its iterations.
     *
     * @param fork of any benchmark.
     * @param label of the metric.
     * @return NaN where the fork has none.
     */
    public static double merged(final ForkResult fork, final String label) {
        return fork.result()
                .flatMap(result -> result.secondary(label))
                .map(metric -> metric.forks().size() <= 1 ? metric.score() : secondary(fork, label))
                .orElse(Double.NaN);
    }

    /**
     * {@return the sum of a secondary metric over the fork's iterations, 0 where the fork has none}
     *
     * @param fork of any benchmark.
     * @param label of a metric that counts.
     */
    public static double count(final ForkResult fork, final String label) {
        return fork.secondary(label).stream()
                .flatMap(data -> data.iterations().stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /**
     * {@return its middle and range over the forks that did not fail}
     *
     * @param row whose forks are asked.
     * @param metric the number of one fork.
     */
    public static Summary over(final Row row, final ToDoubleFunction<ForkResult> metric) {
        return Summary.of(row.okForks().stream().mapToDouble(metric).toArray());
    }

    /**
     * {@return how many nanoseconds an operation takes whose time is 1 in the fork's own unit; NaN if that is no time}
     *
     * @param fork of any benchmark.
     */
    public static double nsPerUnit(final ForkResult fork) {
        return JmhUnits.nsPerOp(unit(fork));
    }

    private static double median(final ForkResult fork) {
        return fork.primary().map(ForkData::median).orElse(Double.NaN);
    }

    private static String unit(final ForkResult fork) {
        return fork.result().map(r -> r.primary().unit()).orElse("");
    }
}
