package io.fizeau.results.curve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogScanner;

/**
 * A histogram log of one fork, read as a whole: the sum of its intervals, which are the measured iterations. A log that is cut short
 * gives nothing, because the sum of what is left would be another distribution.
 */
final class HistogramLog implements HistogramLogScanner.EventHandler {
    /** As many digits as the recorder keeps; the sum takes any value that its parts hold. */
    private static final int DIGITS = 3;

    private final Histogram sum = new Histogram(DIGITS);
    private String wrong = "";
    private int intervals;

    private HistogramLog() {}

    /** A log that cannot be used; the message says what is wrong with it, without the name of the file. */
    static final class BrokenLogException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenLogException(final String wrong) {
            super(wrong);
        }
    }

    /**
     * {@return all its intervals together, in nanoseconds}
     *
     * @param file the log.
     * @param benchmark the full name of what it must be of, as its first line says.
     * @param iterations how many intervals it must have, 0 if that is unknown.
     */
    static Histogram read(final Path file, final String benchmark, final int iterations) throws BrokenLogException {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new BrokenLogException("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (bytes.length == 0) {
            throw new BrokenLogException("is empty");
        }
        if (bytes[bytes.length - 1] != '\n') {
            throw new BrokenLogException("is cut short: its last line has no end");
        }
        final String head = new String(bytes, 0, Math.min(bytes.length, 1_024), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        if (head.contains("benchmark=") && !head.contains("benchmark=" + benchmark)) {
            throw new BrokenLogException("is of another benchmark than its fork: " + head);
        }
        final HistogramLog log = new HistogramLog();
        try (HistogramLogScanner scanner = new HistogramLogScanner(new ByteArrayInputStream(bytes))) {
            scanner.process(log);
        }
        if (!log.wrong.isEmpty()) {
            throw new BrokenLogException(log.wrong);
        }
        if (log.intervals == 0) {
            throw new BrokenLogException("holds no interval");
        }
        if (log.intervals < iterations) {
            throw new BrokenLogException(
                    "is cut short: " + log.intervals + " intervals, and the fork has " + iterations + " iterations");
        }
        return log.sum;
    }

    @Override
    public boolean onComment(final String comment) {
        return false;
    }

    @Override
    public boolean onBaseTime(final double secondsSinceEpoch) {
        return false;
    }

    @Override
    public boolean onStartTime(final double secondsSinceEpoch) {
        return false;
    }

    @Override
    public boolean onHistogram(
            final String tag,
            final double timestamp,
            final double length,
            final HistogramLogScanner.EncodableHistogramSupplier lazyReader) {
        try {
            final EncodableHistogram interval = lazyReader.read();
            if (!(interval instanceof Histogram histogram)) {
                wrong = "interval " + (intervals + 1) + " is no histogram of whole numbers";
                return true;
            }
            sum.add(histogram);
            intervals++;
            return false;
        } catch (final DataFormatException e) {
            return onException(e);
        }
    }

    @Override
    public boolean onException(final Throwable e) {
        wrong = "interval " + (intervals + 1) + " cannot be read";
        return true;
    }
}
