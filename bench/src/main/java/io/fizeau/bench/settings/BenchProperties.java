package io.fizeau.bench.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What this JVM was started with, as far as the benchmarks go by it. Immutable and thread-safe.
 *
 * @param classPath the class path, which a child gets too, so that plug-ins come along.
 * @param javaHome where the running Java is.
 * @param notes where a fork notes how it was set up (which processors, which waiting), for whoever drives JMH to read after it
 *     ended; from the property {@value #NOTES}. Empty if nobody wants to know.
 */
public record BenchProperties(String classPath, Path javaHome, Optional<Path> notes) {
    /** The property with the path of the notes file. */
    public static final String NOTES = "fizeau.notes";

    /**
     * From the properties of this JVM.
     *
     * @return the record.
     */
    public static BenchProperties read() {
        return new BenchProperties(
                System.getProperty("java.class.path", ""),
                Path.of(System.getProperty("java.home", "")),
                Optional.ofNullable(System.getProperty(NOTES))
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }
}
