package io.fizeau.bench.settings;

import io.fizeau.transports.datagram.trace.TraceSettings;
import io.fizeau.transports.link.LinkControl;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this JVM was started with, as far as the benchmarks go by it. Immutable and thread-safe.
 *
 * @param classPath the class path, which a child gets too, so that plug-ins come along.
 * @param javaHome where the running Java is.
 * @param notes where a fork notes how it was set up (which processors, which waiting), for whoever drives JMH to read after it
 *     ended; from the property {@value #NOTES}. Empty if nobody wants to know.
 * @param link where the bad link of the run answers, from the property {@value #LINK}. Empty if there is none.
 * @param traceFlags what turns traces on, as flags of a JVM, for a child; those of {@link TraceSettings}. Empty if nothing is traced.
 */
public record BenchProperties(
        String classPath, Path javaHome, Optional<Path> notes, Optional<Path> link, List<String> traceFlags) {
    /** Copies the list. */
    public BenchProperties {
        traceFlags = List.copyOf(traceFlags);
    }

    /** The property with the path of the notes file. */
    public static final String NOTES = "fizeau.notes";

    /** The property with the path of the socket at which the link answers. */
    public static final String LINK = LinkControl.PROPERTY;

    /**
     * From the properties of this JVM.
     *
     * @return the record.
     */
    public static BenchProperties read() {
        return new BenchProperties(
                System.getProperty("java.class.path", ""),
                Path.of(System.getProperty("java.home", "")),
                path(NOTES),
                path(LINK),
                Stream.of(TraceSettings.DIRECTORY, TraceSettings.RECORDS)
                        .filter(name -> System.getProperty(name) != null)
                        .map(name -> "-D" + name + '=' + System.getProperty(name))
                        .toList());
    }

    private static Optional<Path> path(final String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }
}
