package io.fizeau.results.artifact;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of committed runs. A run takes the place of its predecessor only when it is whole, by two renames; whatever goes wrong
 * before leaves the old one. One thread.
 */
final class ReferenceFolder {
    /** What is left out of the committed copy: it can be made from the rest, or is for people who watch a run. */
    private static final Set<String> LEFT_OUT = Set.of("jmh.log", "jmh.json", "report.html", "pilot", "traces");

    private final Path reference;
    private final Path home;

    ReferenceFolder(final Path home) {
        this.home = home;
        this.reference = home.resolve("results").resolve("reference");
    }

    Path of(final String name) {
        return reference.resolve(name);
    }

    /**
     * Finds the run folders that a command left, one for each name.
     *
     * @throws ResultsException if one is not there, or is not a whole run that may be shown to others.
     */
    List<Path> check(final PlannedRun run, final Path made) throws IOException {
        final List<Path> found;
        try (Stream<Path> inside = Files.list(made)) {
            found = inside.filter(folder -> Files.exists(folder.resolve("manifest.json")))
                    .sorted()
                    .toList();
        }
        final List<Path> chosen = run.sides().isEmpty()
                ? found
                : run.sides().keySet().stream()
                        .flatMap(side -> found.stream()
                                .filter(folder ->
                                        folder.getFileName().toString().endsWith("-" + side)))
                        .toList();
        if (chosen.size() != run.folders().size()) {
            throw new ResultsException("left " + chosen.size() + " run folders where "
                    + run.folders().size() + " were expected");
        }
        for (final Path folder : chosen) {
            final Run read = RunReader.read(folder);
            if (!read.manifest().complete()) {
                throw new ResultsException(
                        "the run is incomplete: " + read.manifest().incompleteReason());
            }
            final long failed =
                    read.manifest().forks().stream().filter(fork -> !fork.ok()).count();
            if (failed > 0) {
                throw new ResultsException(
                        failed + " of " + read.manifest().forks().size() + " forks failed");
            }
            leaveOut(folder);
            refuseNamesOf(folder);
        }
        return chosen;
    }

    /** Puts a checked folder in the place of the one of that name. */
    void replace(final String name, final Path folder) throws IOException {
        final Path old = of(name);
        final Path aside = folder.resolveSibling(folder.getFileName() + ".old");
        Files.createDirectories(reference);
        if (Files.exists(old)) {
            Files.move(old, aside);
        }
        try {
            Files.move(folder, old);
        } catch (final IOException e) {
            if (Files.exists(aside)) {
                Files.move(aside, old);
            }
            throw e;
        }
        delete(aside);
    }

    static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (final Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void leaveOut(final Path folder) throws IOException {
        for (final String name : LEFT_OUT) {
            delete(folder.resolve(name));
        }
    }

    /** Names of hosts and users are the run's own to leave out; the path of this tree is only known here. */
    private void refuseNamesOf(final Path folder) throws IOException {
        final String path = home.toAbsolutePath().normalize().toString();
        try (Stream<Path> inside = Files.walk(folder)) {
            for (final Path file : inside.filter(Files::isRegularFile).toList()) {
                // Every byte is a character of Latin-1, so nothing in a histogram's log can break this.
                if (path.length() > 1
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains(path)) {
                    throw new ResultsException(folder.relativize(file) + " names " + path + ", a path of this machine");
                }
            }
        }
    }
}
