package io.fizeau.bench.settings;

import io.fizeau.bench.progress.Terminal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * What the launcher tells this process by system properties; the only place that reads them. Each has a fallback for whoever starts
 * the class without the launcher. Immutable.
 *
 * @param home the root of the working tree: run folders and caches are kept below it.
 * @param resultsJar the jar that shows results; it may not be there.
 * @param terminal where text for a person goes.
 */
public record LaunchSettings(Path home, Path resultsJar, Terminal terminal) {
    private static final int DEFAULT_COLUMNS = 120;

    /**
     * Reads them.
     *
     * @return the settings of this process.
     */
    public static LaunchSettings fromSystem() {
        final String home = System.getProperty("fizeau.home");
        final Path root =
                (home == null ? homeOfJar() : Path.of(home)).toAbsolutePath().normalize();
        final String results = System.getProperty("fizeau.results.jar");
        return new LaunchSettings(
                root,
                results == null ? root.resolve("results/target/results.jar") : Path.of(results),
                new Terminal(
                        System.out,
                        Boolean.getBoolean("fizeau.terminal"),
                        Integer.getInteger("fizeau.columns", DEFAULT_COLUMNS)));
    }

    /**
     * Where run folders go unless the user says otherwise.
     *
     * @return a directory that may not exist yet.
     */
    public Path runs() {
        return home.resolve("results/runs");
    }

    /**
     * Where what can be made again is kept.
     *
     * @return a directory that may not exist yet.
     */
    public Path cache() {
        return home.resolve(".fizeau");
    }

    /** The jar is in bench/target of the working tree; anything else, such as a copied jar, works in the current directory. */
    private static Path homeOfJar() {
        final CodeSource source = LaunchSettings.class.getProtectionDomain().getCodeSource();
        try {
            final URI location = source == null
                    ? URI.create("file:///")
                    : source.getLocation().toURI();
            final Path root = Path.of(location).resolve("../../..").normalize();
            if (Files.exists(root.resolve("bench/pom.xml"))) {
                return root;
            }
        } catch (final URISyntaxException | IllegalArgumentException e) {
            return Path.of("");
        }
        return Path.of("");
    }
}
