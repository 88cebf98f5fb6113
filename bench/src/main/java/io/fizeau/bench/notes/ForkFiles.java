package io.fizeau.bench.notes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files that a fork leaves for whoever drives JMH: its notes, whose path it is given, and two beside them. Stateless and
 * thread-safe.
 */
public final class ForkFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ForkFiles() {}

    /**
     * What disturbed each measured iteration.
     *
     * @param notes the path of the notes.
     * @return a file beside it.
     */
    public static Path noise(final Path notes) {
        return notes.resolveSibling("noise.json");
    }

    /**
     * What the server told of itself. A fork that finds it there need not ask again.
     *
     * @param notes the path of the notes.
     * @return a file beside it.
     */
    public static Path server(final Path notes) {
        return notes.resolveSibling("server.json");
    }

    /**
     * Writes a file, which appears whole or not at all.
     *
     * @param path the file.
     * @param content what becomes JSON.
     * @throws TransportException if it cannot be written.
     */
    public static void write(final Path path, final Object content) {
        try {
            final Path aside = path.resolveSibling(path.getFileName() + ".part");
            Files.writeString(aside, JSON.writeValueAsString(content));
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "the notes of this fork cannot be written to " + path + ": " + e,
                    e);
        }
    }
}
