package io.fizeau.results.compare;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a run that was given twice: compared with itself it would be equivalent to anything. A file within a run folder is that run as
 * well, without what its manifest says against it. Stateless.
 */
final class SameRuns {
    private static final String MANIFEST = "manifest.json";
    /** What every manifest of a run folder has in it, and no file of the same name of another project. */
    private static final String SCHEMA = "\"fizeau.manifest/";

    private SameRuns() {}

    /** Throws if two of the runs are one and the same, also where one is a copy of the other or a file of it. */
    static void check(final List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (isSame(runs.get(i), runs.get(j))) {
                    final Path one = runs.get(j).location();
                    final Path other = runs.get(i).location();
                    throw new ResultsException(other + ": is the same run"
                            + (one.equals(other) ? " given twice" : " as " + one)
                            + "; to see what this machine calls a difference where there is none, use 'fizeau aa'");
                }
            }
        }
    }

    private static boolean isSame(final Run one, final Run other) {
        try {
            if (Files.isSameFile(one.location(), other.location())
                    || Files.isSameFile(folderOf(one.location()), folderOf(other.location()))) {
                return true;
            }
            if (!one.hasManifest() && !other.hasManifest()) {
                return isSameContent(files(one.location()), files(other.location()));
            }
        } catch (final IOException e) {
            throw new ResultsException(
                    other.location() + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return one.hasManifest() && other.hasManifest() && isCopy(one.manifest(), other.manifest());
    }

    /** The run folder that a file lies in, itself or in a folder of it; else what was given. */
    private static Path folderOf(final Path location) throws IOException {
        if (Files.isDirectory(location)) {
            return location;
        }
        final Optional<Path> parent = Optional.ofNullable(location.toRealPath().getParent());
        for (final Path folder : Stream.concat(parent.stream(), parent.map(Path::getParent).stream())
                .toList()) {
            final Path manifest = folder.resolve(MANIFEST);
            if (Files.isRegularFile(manifest) && Files.readString(manifest).contains(SCHEMA)) {
                return folder;
            }
        }
        return location;
    }

    /** What is read of something without a manifest. */
    private static List<Path> files(final Path location) throws IOException {
        if (!Files.isDirectory(location)) {
            return List.of(location);
        }
        final Path jmh = location.resolve("jmh");
        if (!Files.isDirectory(jmh)) {
            return List.of(location.resolve("jmh.json"));
        }
        try (Stream<Path> inside = Files.list(jmh)) {
            return inside.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** All files the same, or one file that is among those of the other. */
    private static boolean isSameContent(final List<Path> one, final List<Path> other) throws IOException {
        if (one.size() != other.size()) {
            return one.size() == 1 ? isAmong(one.get(0), other) : other.size() == 1 && isAmong(other.get(0), one);
        }
        for (int i = 0; i < one.size(); i++) {
            if (Files.mismatch(one.get(i), other.get(i)) != -1) {
                return false;
            }
        }
        return !one.isEmpty();
    }

    private static boolean isAmong(final Path file, final List<Path> files) throws IOException {
        for (final Path other : files) {
            if (Files.mismatch(file, other) == -1) {
                return true;
            }
        }
        return false;
    }

    /** No two runs start and end in the same nanosecond; only the two sides of an interleaved one might. */
    private static boolean isCopy(final Manifest one, final Manifest other) {
        return !one.startedAt().isEmpty()
                && one.startedAt().equals(other.startedAt())
                && one.endedAt().equals(other.endedAt())
                && one.label().equals(other.label())
                && one.interleaved().equals(other.interleaved());
    }
}
