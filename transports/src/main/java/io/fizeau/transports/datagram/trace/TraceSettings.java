package io.fizeau.transports.datagram.trace;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Option;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether nodes trace, from two properties of this JVM that are read when a node is opened. Immutable.
 *
 * @param records how many records each traced connection keeps, the oldest ones; 0 to trace nothing. From the property
 *     {@value #RECORDS}; without it {@value #DEFAULT_RECORDS} if there is a directory, else 0.
 * @param directory where a node that closes leaves its traces, made if it is missing; from the property {@value #DIRECTORY}. Empty
 *     to keep them in memory alone.
 */
public record TraceSettings(int records, Optional<Path> directory) {
    /** The property with the directory. */
    public static final String DIRECTORY = "fizeau.traceDirectory";

    /** The property with the number of records. */
    public static final String RECORDS = "fizeau.traceRecords";

    /** About a million, which take 32 MiB of memory for each connection. */
    public static final int DEFAULT_RECORDS = 1 << 20;

    /** What fits into one piece of memory. */
    private static final int MOST_RECORDS = 1 << 25;

    private static final Option<Integer> COUNT =
            Option.integer("traceRecords", 0, 0, MOST_RECORDS, "how many records each traced connection keeps");

    /**
     * From the properties of this JVM.
     *
     * @return the settings.
     * @throws TransportException if the number is none, or out of range.
     */
    public static TraceSettings fromSystem() {
        return parse(System.getProperty(DIRECTORY, ""), System.getProperty(RECORDS, ""));
    }

    static TraceSettings parse(final String directory, final String records) {
        final Optional<Path> path = directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory));
        if (records.isEmpty()) {
            return new TraceSettings(path.isPresent() ? DEFAULT_RECORDS : 0, path);
        }
        return new TraceSettings(COUNT.parse(records), path);
    }
}
