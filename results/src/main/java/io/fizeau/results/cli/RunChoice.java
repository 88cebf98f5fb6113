package io.fizeau.results.cli;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the run that was meant. */
final class RunChoice {
    /** Means the run that was started last. */
    static final String LATEST = "latest";

    private RunChoice() {}

    /**
     * {@return a path as given, the folder of that name among the runs, or the newest one}
     *
     * @param runs the folder that holds the runs.
     * @param given what the user said.
     */
    static Path resolve(final Path runs, final String given) {
        try {
            final Path path = Path.of(given);
            if (Files.exists(path)) {
                return path;
            }
            if (Files.exists(runs.resolve(path))) {
                return runs.resolve(path);
            }
            return given.equals(LATEST) ? latest(runs) : path;
        } catch (final InvalidPathException e) {
            throw new ResultsException("RUN '" + given + "' is no path: " + e.getReason());
        }
    }

    /**
     * {@return all folders among the runs, whatever is in them, by name; at least one}
     *
     * @param runs the folder that holds the runs.
     */
    static List<Path> all(final Path runs) {
        final List<Path> folders = folders(runs);
        if (folders.isEmpty()) {
            throw new ResultsException(runs + ": holds no run");
        }
        return folders;
    }

    /**
     * {@return the runs beside one that started before it, the newest of them, by name; none beside a file or where they cannot be listed}
     *
     * @param run a run folder.
     * @param most how many at most.
     */
    static List<Path> before(final Path run, final int most) {
        final Path folder = run.toAbsolutePath().normalize();
        final Path beside = folder.getParent();
        if (beside == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        final String name = folder.getFileName().toString();
        final List<Path> earlier = new ArrayList<>(folders(beside));
        earlier.removeIf(
                other -> !isRun(other) || other.getFileName().toString().compareTo(name) >= 0);
        return List.copyOf(earlier.subList(Math.max(0, earlier.size() - most), earlier.size()));
    }

    private static boolean isRun(final Path folder) {
        return folder.getFileName().toString().matches("\\d{8}T\\d{6}Z-.*");
    }

    /** The name of a run folder begins with the time at which the run started. */
    private static Path latest(final Path runs) {
        return folders(runs).stream()
                .filter(RunChoice::isRun)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new ResultsException(runs + ": holds no run"));
    }

    private static List<Path> folders(final Path runs) {
        if (!Files.isDirectory(runs)) {
            throw new ResultsException(
                    runs
                            + ": there is no such folder, so there is no run yet: ./fizeau run makes one, and some are in results/reference");
        }
        try (Stream<Path> inside = Files.list(runs)) {
            return inside.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(folder -> folder.getFileName().toString()))
                    .toList();
        } catch (final IOException e) {
            throw new ResultsException(
                    runs + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
