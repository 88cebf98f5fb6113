package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Puts the colours of the transports beside the tables, so that a transport has the same in the report and in a notebook. Stateless. */
final class ColourFile {
    private static final String NAME = "colours.json";

    private ColourFile() {}

    static void copy(final Path folder) {
        final Path aside = folder.resolve('.' + NAME + ".part");
        try (InputStream colours = Objects.requireNonNull(
                ColourFile.class.getResourceAsStream("/io/fizeau/results/report/" + NAME), "the jar holds it")) {
            Files.copy(colours, aside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    aside, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        }
    }
}
