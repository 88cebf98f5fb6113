package io.fizeau.bench.rounds;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a fork tells of how it was set up: where its threads are pinned, how they wait. The fork writes it to a file whose name it
 * gets as a property; a benchmark that is not ours writes none.
 */
final class ForkNotes implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Path file;

    ForkNotes() {
        try {
            this.directory = Files.createTempDirectory("fizeau-notes");
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "no room for a temporary directory: " + e.getMessage(), e);
        }
        this.file = directory.resolve("notes.json");
    }

    /** The argument that the fork's JVM needs. */
    String jvmArgument() {
        return "-D" + BenchProperties.NOTES + '=' + file;
    }

    /** What the fork that has just ended told; the next one starts with nothing. */
    Map<String, String> take() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            final Map<String, String> notes =
                    JSON.readValue(Files.readString(file), new TypeReference<TreeMap<String, String>>() {});
            Files.delete(file);
            return notes;
        } catch (final IOException e) {
            return Map.of("notes", "unavailable: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        } catch (final IOException ignored) {
            // An empty directory among the temporary files.
        }
    }
}
