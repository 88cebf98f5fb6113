package io.fizeau.bench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes how a fork was set up to the file that whoever drives JMH asked for. Stateless and thread-safe. */
public final class ForkNotes {
    private ForkNotes() {}

    /**
     * Writes the file: one JSON object of names and texts, which appears whole or not at all.
     *
     * @param path the file.
     * @param notes name to text.
     * @throws TransportException if it cannot be written.
     */
    public static void write(final Path path, final Map<String, String> notes) {
        try {
            final Path aside = path.resolveSibling(path.getFileName() + ".part");
            Files.writeString(aside, json(notes));
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "the notes of this fork cannot be written to " + path + ": " + e,
                    e);
        }
    }

    private static String json(final Map<String, String> notes) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(notes);
    }
}
