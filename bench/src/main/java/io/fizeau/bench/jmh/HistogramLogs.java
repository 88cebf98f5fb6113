package io.fizeau.bench.jmh;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.SlowestMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The histograms of one fork as files: {@code PREFIX-LABEL.hlog}, one interval for each measured iteration, in HdrHistogram's own
 * log format, and {@code PREFIX-slowest.csv}. What was measured stands in comments at the head of each file, never in its name.
 * After each iteration each file is whole. Used by one thread.
 */
final class HistogramLogs {
    private static final double MS_PER_SECOND = 1_000.0;
    /** The unit of the greatest value in a line's third column: milliseconds, as HdrHistogram's tools expect. */
    private static final double NS_PER_MS = 1e6;

    private final Path directory;
    private final String prefix;
    private final String about;
    private final Map<String, List<Histogram>> intervals = new LinkedHashMap<>();
    private final StringBuilder slowest = new StringBuilder("iteration,dueEpochNs,latencyNs\n");
    private int iterations;

    /**
     * Creates the logs of a fork; writes nothing yet.
     *
     * @param directory where to, made if it is missing.
     * @param prefix what the files' names start with.
     * @param about what is measured, in one line.
     */
    HistogramLogs(final Path directory, final String prefix, final String about) {
        this.directory = directory;
        this.prefix = prefix;
        this.about = about;
    }

    /**
     * Adds an iteration and writes the files anew.
     *
     * @param figures what it recorded.
     * @param startEpochMs when it began.
     * @param endEpochMs when it ended.
     */
    void add(final LatencyFigures figures, final long startEpochMs, final long endEpochMs) {
        iterations++;
        try {
            Files.createDirectories(directory);
            for (final Map.Entry<String, LatencyDistribution> entry :
                    figures.distributions().entrySet()) {
                final Histogram interval = entry.getValue().histogram().copy();
                interval.setStartTimeStamp(startEpochMs);
                interval.setEndTimeStamp(endEpochMs);
                final List<Histogram> all = intervals.computeIfAbsent(entry.getKey(), label -> new ArrayList<>());
                all.add(interval);
                write(prefix + '-' + entry.getKey() + ".hlog", log(entry.getKey(), all));
            }
            addSlowest(figures.slowest());
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "the histograms cannot be written to " + directory + ": " + e,
                    e);
        }
    }

    private void addSlowest(final List<SlowestMessages.Slow> messages) throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        final long epochNs = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        for (final SlowestMessages.Slow slow : messages) {
            slowest.append(iterations)
                    .append(',')
                    .append(epochNs + slow.dueNs())
                    .append(',')
                    .append(slow.latencyNs())
                    .append('\n');
        }
        write(prefix + "-slowest.csv", slowest.toString().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] log(final String label, final List<Histogram> all) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputComment("[" + label + " in nanoseconds; " + about + "]");
        writer.outputLogFormatVersion();
        final long baseMs = all.get(0).getStartTimeStamp();
        writer.outputBaseTime(baseMs);
        writer.outputStartTime(baseMs);
        writer.outputLegend();
        for (final Histogram interval : all) {
            writer.outputIntervalHistogram(
                    (interval.getStartTimeStamp() - baseMs) / MS_PER_SECOND,
                    (interval.getEndTimeStamp() - baseMs) / MS_PER_SECOND,
                    interval,
                    NS_PER_MS);
        }
        writer.close();
        return bytes.toByteArray();
    }

    private void write(final String file, final byte[] bytes) throws IOException {
        final Path aside = directory.resolve(file + ".part");
        Files.write(aside, bytes);
        Files.move(aside, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
