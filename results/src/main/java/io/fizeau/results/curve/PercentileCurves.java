package io.fizeau.results.curve;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.run.ForkData;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Reads percentile curves: out of the histogram logs of a run folder ({@code histograms/NNN-LATENCY.hlog}, NNN the index of the
 * fork), which hold every message, or else out of the samples that JMH kept. A fork without either has no curve. Stateless.
 */
public final class PercentileCurves {
    /** The latency that stands in JMH's samples: the time of an operation. */
    public static final String SAMPLED = "sample";

    /** The percentiles at which every curve is read, as far as it is told; the largest value, 100, comes after them. */
    public static final List<Double> GRID = DoubleStream.of(
                    0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.995, 99.999, 99.9995,
                    99.9999, 99.99995, 99.99999)
            .boxed()
            .toList();

    private static final double ALL = 100;
    private static final int SAMPLES_BEYOND = 10;
    /** 100 - 99.9 is a hair above 0.1. */
    private static final double ROUNDING = 1e-6;

    private static final String FOLDER = "histograms";
    private static final Pattern NAME = Pattern.compile("(\\d{3,9})-(.+)\\.hlog");
    private static final List<String> ORDER = List.of("response", "service", "lateness", "send", "flight");
    private static final Comparator<String> BY_RANK =
            Comparator.comparingInt(PercentileCurves::rank).thenComparing(Comparator.naturalOrder());
    /** Messages that a loss hit: an iteration without any has no interval. */
    private static final String HIT = "hit.";

    private PercentileCurves() {}

    /**
     * {@return the curves of a row, all latencies; those of logs that cannot be read are missing}
     *
     * @param run the run.
     * @param row one of its rows.
     */
    public static List<ForkCurve> of(final Run run, final Row row) {
        return read(run, row, latency -> true).curves();
    }

    /**
     * {@return the curves of a row, and a line for each log that cannot be read}
     *
     * <p>A percentile above the median is told when at least ten messages lie beyond it; its value is exact within the three
     * digits that the recorder keeps. Logs are found by the manifest's fork indices, so a folder without one has only JMH's samples.
     *
     * @param run the run.
     * @param row one of its rows.
     * @param latencies which latencies are wanted; the logs of others are not opened.
     */
    public static RowCurves read(final Run run, final Row row, final Predicate<String> latencies) {
        final List<ForkCurve> curves = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        final Map<Integer, Map<String, Path>> logs = run.hasManifest() ? logs(run, problems) : Map.of();
        for (final ForkResult fork : row.okForks()) {
            final Map<String, Path> own = logs.getOrDefault(fork.entry().index(), Map.of());
            if (own.isEmpty() && latencies.test(SAMPLED)) {
                sampled(fork, curves);
            }
            own.forEach((latency, file) -> {
                if (latencies.test(latency)) {
                    logged(fork, latency, file, curves, problems);
                }
            });
        }
        return new RowCurves(curves, problems);
    }

    /** The logs by the index of the fork and the latency, the main one first. */
    private static Map<Integer, Map<String, Path>> logs(final Run run, final List<String> problems) {
        final Path folder = run.location().resolve(FOLDER);
        final Map<Integer, Map<String, Path>> logs = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return logs;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                final Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    logs.computeIfAbsent(Integer.valueOf(name.group(1)), index -> new TreeMap<>(BY_RANK))
                            .put(name.group(2), file);
                }
            });
        } catch (final IOException e) {
            problems.add(FOLDER + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return logs;
    }

    private static int rank(final String latency) {
        final int rank = ORDER.indexOf(latency);
        return rank < 0 ? ORDER.size() : rank;
    }

    private static void logged(
            final ForkResult fork,
            final String latency,
            final Path file,
            final List<ForkCurve> curves,
            final List<String> problems) {
        final int iterations = latency.startsWith(HIT)
                ? 0
                : fork.primary().map(data -> data.iterations().size()).orElse(0);
        try {
            final Histogram histogram =
                    HistogramLog.read(file, fork.entry().key().benchmark(), iterations);
            if (histogram.getTotalCount() > 0) {
                curves.add(new ForkCurve(fork, latency, histogram.getTotalCount(), points(histogram)));
            }
        } catch (final HistogramLog.BrokenLogException e) {
            problems.add(FOLDER + '/' + file.getFileName() + ": " + e.getMessage());
        }
    }

    private static List<Point> points(final Histogram histogram) {
        final long count = histogram.getTotalCount();
        final List<Point> points = new ArrayList<>();
        for (final double percentile : GRID) {
            if (isTold(count, percentile)) {
                final double value =
                        percentile == 0 ? histogram.getMinValue() : histogram.getValueAtPercentile(percentile);
                points.add(new Point(percentile, value, beyond(count, percentile)));
            }
        }
        points.add(new Point(ALL, histogram.getMaxValue(), 0));
        return points;
    }

    private static void sampled(final ForkResult fork, final List<ForkCurve> curves) {
        final Samples samples = fork.primary().map(ForkData::merged).orElse(Samples.NONE);
        final double medianNs = ForkMetrics.percentileNs(fork, 50);
        final double median = samples.percentile(50);
        if (!(median > 0) || Double.isNaN(medianNs)) {
            return;
        }
        // The unit of the samples is the metric's affair: it is taken from the one number that both tell.
        final double nsPerUnit = medianNs / median;
        final long count = samples.count();
        final List<Point> points = new ArrayList<>();
        for (final double percentile : GRID) {
            if (isTold(count, percentile)) {
                points.add(
                        new Point(percentile, samples.percentile(percentile) * nsPerUnit, beyond(count, percentile)));
            }
        }
        points.add(new Point(ALL, samples.percentile(ALL) * nsPerUnit, 0));
        curves.add(new ForkCurve(fork, SAMPLED, count, points));
    }

    private static boolean isTold(final long count, final double percentile) {
        return percentile <= 50 || count * (ALL - percentile) / ALL >= SAMPLES_BEYOND - ROUNDING;
    }

    /** The rank of a percentile is the nearest, as everywhere here. */
    private static long beyond(final long count, final double percentile) {
        final long rank = (long) Math.ceil(percentile / ALL * count - ROUNDING);
        return count - Math.max(1, rank);
    }
}
