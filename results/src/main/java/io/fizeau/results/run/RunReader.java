package io.fizeau.results.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a run folder, or a single JMH JSON file. What is partly there is read as far as it goes: a fork whose file is missing
 * or broken becomes a failed fork with that reason, and a folder without a manifest is an incomplete run. Stateless.
 */
public final class RunReader {
    private static final String MANIFEST = "manifest.json";
    private static final String NOISE = "noise.json";
    private static final String MERGED = "jmh.json";

    private RunReader() {}

    /**
     * {@return what is there; at least one row}
     *
     * @param location a run folder or a JMH JSON file.
     *
     * @throws ResultsException if there is nothing to show: no such file or folder, not JSON, half a file, another schema, no
     *     fork. One line that names the file and what is wrong.
     */
    public static Run read(final Path location) {
        if (Files.isDirectory(location)) {
            return readFolder(location);
        }
        if (!Files.exists(location)) {
            throw new ResultsException(location, "there is no such run folder or file");
        }
        return plain(location, location);
    }

    private static Run readFolder(final Path folder) {
        final Path manifestFile = folder.resolve(MANIFEST);
        if (!Files.exists(manifestFile)) {
            return withoutManifest(folder);
        }
        final Manifest manifest = ManifestReader.read(manifestFile);
        if (manifest.forks().isEmpty()) {
            throw ResultsException.nothingIn(
                    manifestFile,
                    "names no forks: nothing was measured"
                            + (manifest.incompleteReason().isEmpty() ? "" : " (" + manifest.incompleteReason() + ")"));
        }
        final Map<RowKey, List<ForkResult>> rows = new LinkedHashMap<>();
        final List<String> problems = new ArrayList<>();
        final Map<Integer, ForkNoise> noise = noise(folder, problems);
        // In parallel: nearly all the time of reading goes into the files of the forks, of which there may be
        // thousands.
        final List<ForkResult> forks = manifest.forks().parallelStream()
                .map(entry -> fork(folder, entry, noise.getOrDefault(entry.index(), ForkNoise.NONE)))
                .toList();
        for (int i = 0; i < forks.size(); i++) {
            final ForkResult fork = forks.get(i);
            rows.computeIfAbsent(fork.entry().key(), key -> new ArrayList<>()).add(fork);
            if (manifest.forks().get(i).ok() && !fork.entry().ok()) {
                problems.add(fork.entry().reason());
            }
        }
        return new Run(folder, manifest, true, rows(rows), problems);
    }

    /** A run from before noise was written has no such file; what cannot be read is said and changes no number. */
    private static Map<Integer, ForkNoise> noise(final Path folder, final List<String> problems) {
        final Path file = folder.resolve(NOISE);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return NoiseReader.read(file);
        } catch (final ResultsException e) {
            problems.add(problem(folder, e));
            return Map.of();
        }
    }

    private static String problem(final Path folder, final ResultsException e) {
        return String.valueOf(e.getMessage()).replace(folder + "/", "");
    }

    private static ForkResult fork(final Path folder, final ForkEntry entry, final ForkNoise noise) {
        if (!entry.ok()) {
            return new ForkResult(entry, Optional.empty(), noise, 0);
        }
        try {
            if (entry.file().isEmpty()) {
                throw new ResultsException(folder.resolve(MANIFEST), "fork " + entry.index() + " names no file");
            }
            final Path file = folder.resolve(entry.file());
            final JmhResult result = JmhReader.read(file).stream()
                    .filter(r -> r.benchmark().equals(entry.key().benchmark()))
                    .findFirst()
                    .orElseThrow(() -> new ResultsException(
                            file, "holds no result of " + entry.key().simpleName() + ", which the manifest names"));
            return new ForkResult(entry, Optional.of(result), noise, 0);
        } catch (final ResultsException e) {
            final String problem = problem(folder, e);
            final ForkEntry failed = new ForkEntry(
                    entry.index(), entry.round(), entry.file(), entry.key(), false, problem, entry.notes());
            return new ForkResult(failed, Optional.empty(), noise, 0);
        }
    }

    private static Run withoutManifest(final Path folder) {
        final List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder.resolve("jmh"))) {
            try (Stream<Path> inside = Files.list(folder.resolve("jmh"))) {
                inside.filter(f -> f.toString().endsWith(".json")).sorted().forEach(files::add);
            } catch (final IOException e) {
                throw new ResultsException(folder.resolve("jmh"), "cannot be read", e);
            }
        }
        if (files.isEmpty() && Files.exists(folder.resolve(MERGED))) {
            files.add(folder.resolve(MERGED));
        }
        if (files.isEmpty()) {
            throw ResultsException.nothingIn(folder, "is no run folder: it holds neither manifest.json nor jmh/*.json");
        }
        return plain(folder, files.toArray(Path[]::new));
    }

    /** Reads JMH files that no manifest describes. Which forks belong together in a round is then unknown. */
    private static Run plain(final Path location, final Path... files) {
        final Map<RowKey, List<ForkResult>> rows = new LinkedHashMap<>();
        final List<String> problems = new ArrayList<>();
        int index = 0;
        for (final Path file : files) {
            final List<JmhResult> results;
            try {
                results = JmhReader.read(file);
            } catch (final ResultsException e) {
                if (files.length == 1) {
                    throw e;
                }
                problems.add(String.valueOf(e.getMessage()).replace(location + "/", ""));
                continue;
            }
            for (final JmhResult result : results) {
                final RowKey row = result.key(isInOtherModes(result, results));
                for (int fork = 0; fork < result.primary().forks().size(); fork++) {
                    final ForkEntry entry =
                            new ForkEntry(index++, 0, String.valueOf(file.getFileName()), row, true, "", Map.of());
                    rows.computeIfAbsent(row, key -> new ArrayList<>())
                            .add(new ForkResult(entry, Optional.of(result), ForkNoise.NONE, fork));
                }
            }
        }
        if (rows.isEmpty()) {
            throw new ResultsException(
                    location, problems.isEmpty() ? "holds no forks: nothing was measured" : problems.get(0));
        }
        final boolean folder = Files.isDirectory(location);
        final Manifest manifest =
                ManifestReader.absent(String.valueOf(location.getFileName()), folder ? "manifest.json is missing" : "");
        return new Run(location, manifest, false, rows(rows), problems);
    }

    /** As {@code -bm all} does: what one mode measures is no fork of what another does. */
    private static boolean isInOtherModes(final JmhResult result, final List<JmhResult> results) {
        return results.stream()
                .anyMatch(other -> other.benchmark().equals(result.benchmark())
                        && other.params().equals(result.params())
                        && !other.mode().equals(result.mode()));
    }

    private static List<Row> rows(final Map<RowKey, List<ForkResult>> forks) {
        return forks.entrySet().stream()
                .map(e -> new Row(e.getKey(), e.getValue()))
                .toList();
    }
}
