package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * By what a run is known again: cheaply by the sizes and times of the files that are rewritten after each fork, and with certainty by a hash
 * of what was measured. Stateless.
 */
final class Fingerprint {
    private static final List<String> REWRITTEN = List.of("manifest.json", "jmh.json", "noise.json");

    private Fingerprint() {}

    /**
     * {@return the sizes and times of its files as text; equal as long as nothing was added to the run}
     *
     * @param location a run folder or a JMH JSON file.
     */
    static String stamp(final Path location) {
        final StringBuilder stamp = new StringBuilder();
        for (final String name : REWRITTEN) {
            add(stamp, location.resolve(name));
        }
        if (stamp.isEmpty()) {
            // A file, or a folder with nothing but the files of forks: each that is added changes the time of the
            // folder.
            add(stamp, location);
            add(stamp, location.resolve("jmh"));
        }
        return stamp.toString();
    }

    private static void add(final StringBuilder stamp, final Path file) {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamp.append(file.getFileName())
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime())
                    .append(' ');
        } catch (final IOException ignored) {
            // What is not there, or cannot be read, is no part of it: the reader says what is wrong.
            return;
        }
    }

    /**
     * {@return the SHA-256 of the manifest and of the results of all forks: two folders that agree in it hold the same run}
     *
     * @param location a run folder or a JMH JSON file that could be read.
     */
    static String hash(final Path location) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (final Path file : content(location)) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (final IOException e) {
            throw new ResultsException(
                    location + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static List<Path> content(final Path location) throws IOException {
        if (!Files.isDirectory(location)) {
            return List.of(location);
        }
        final Path forks = location.resolve("jmh");
        try (Stream<Path> inside = Files.isDirectory(forks) ? Files.list(forks) : Stream.empty()) {
            return Stream.concat(
                            Stream.of(location.resolve("manifest.json")),
                            inside.filter(file -> file.toString().endsWith(".json"))
                                    .sorted())
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
