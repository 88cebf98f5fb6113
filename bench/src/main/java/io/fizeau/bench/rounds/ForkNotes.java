package io.fizeau.bench.rounds;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.notes.ForkFiles;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    /** What disturbed each measured iteration of the fork that has just ended: an array, empty if it told nothing. */
    JsonNode takeNoise() {
        final Path noise = ForkFiles.noise(file);
        try {
            if (Files.exists(noise)) {
                final JsonNode iterations = JSON.readTree(Files.readString(noise));
                Files.delete(noise);
                return iterations;
            }
        } catch (final IOException e) {
            // Cut off with its fork: the reader sees that there are no figures.
            return JSON.createArrayNode();
        }
        return JSON.createArrayNode();
    }

    /** What the first server that was asked told of its JVM; empty if none was. Stays, so that no other fork asks again. */
    Map<String, String> server() {
        try {
            return Files.exists(ForkFiles.server(file))
                    ? JSON.readValue(
                            Files.readString(ForkFiles.server(file)),
                            new TypeReference<LinkedHashMap<String, String>>() {})
                    : Map.of();
        } catch (final IOException e) {
            return Map.of("server", "unavailable: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(ForkFiles.noise(file));
            Files.deleteIfExists(ForkFiles.server(file));
            Files.deleteIfExists(directory);
        } catch (final IOException ignored) {
            // An empty directory among the temporary files.
        }
    }
}
