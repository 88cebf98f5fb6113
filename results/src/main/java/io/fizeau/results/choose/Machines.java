package io.fizeau.results.choose;

import io.fizeau.results.run.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells machines apart, by their processor and how many there are of it. Stateless. */
public final class Machines {
    private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machines() {}

    /** {@return the processor of this machine as a manifest writes it; empty where the system does not tell} */
    public static Optional<String> here() {
        try {
            return Files.readAllLines(CPU_FACTS, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith(MODEL) && line.indexOf(':') > 0)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", "
                            + Runtime.getRuntime().availableProcessors() + " processors")
                    .findFirst();
        } catch (final IOException ignored) {
            // Not every system has this file, and none has to.
            return Optional.empty();
        }
    }

    /**
     * {@return the machine of a run, in the same form}
     *
     * @param manifest of the run.
     */
    public static String text(final Manifest manifest) {
        return manifest.host().getOrDefault("cpuModel", "unknown") + ", "
                + manifest.host().getOrDefault("availableProcessors", "?") + " processors";
    }
}
