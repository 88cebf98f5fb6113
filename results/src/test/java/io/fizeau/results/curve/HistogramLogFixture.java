package io.fizeau.results.curve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes histogram logs as a fork does, for tests. */
public final class HistogramLogFixture {
    private HistogramLogFixture() {}

    /**
     * Writes {@code histograms/NNN-LATENCY.hlog} with one interval for each array of values, in nanoseconds.
     *
     * @return the file.
     */
    public static Path write(
            final Path run, final int fork, final String latency, final String benchmark, final long[]... intervals)
            throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputComment("[" + latency + " in nanoseconds; benchmark=" + benchmark + " transport=any]");
        writer.outputLogFormatVersion();
        writer.outputLegend();
        for (final long[] values : intervals) {
            final Histogram histogram = new Histogram(3);
            for (final long value : values) {
                histogram.recordValue(value);
            }
            writer.outputIntervalHistogram(0, 1, histogram, 1e6);
        }
        writer.close();
        final Path folder = Files.createDirectories(run.resolve("histograms"));
        return Files.write(folder.resolve(String.format("%03d-%s.hlog", fork, latency)), bytes.toByteArray());
    }
}
