package io.fizeau.bench.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Verdicts of the kit by what they depend on: the jar, the plug-ins, the Java, the spec. One small file each; a file that cannot be
 * read or written only means that the kit runs again.
 */
public final class KitCache {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAME_BYTES = 12;

    private final Path directory;
    private final String build;

    /**
     * Creates it.
     *
     * @param directory where the files are; made when the first is written.
     * @param plugins the plug-in jars.
     * @throws TransportException if a plug-in cannot be read.
     */
    public KitCache(final Path directory, final List<Path> plugins) {
        this(directory, plugins, BuildFacts.hashOfJar());
    }

    /**
     * Creates it for another build.
     *
     * @param directory where the files are; made when the first is written.
     * @param plugins the plug-in jars.
     * @param jarSha256 the hash of the build's jar.
     * @throws TransportException if a plug-in cannot be read.
     */
    public KitCache(final Path directory, final List<Path> plugins, final String jarSha256) {
        this.directory = directory;
        final StringBuilder all = new StringBuilder(jarSha256);
        try {
            for (final Path plugin : plugins) {
                all.append(' ').append(BuildFacts.sha256(plugin));
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "--plugin cannot be read: " + e.getMessage(), e);
        }
        this.build = all.append(' ').append(Runtime.version()).toString();
    }

    Optional<Manifest.Kit> find(final String spec) {
        final Path file = file(spec);
        if (!canRemember() || !Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), Manifest.Kit.class));
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    void keep(final String spec, final Manifest.Kit kit) {
        if (!canRemember()) {
            return;
        }
        try {
            Files.createDirectories(directory);
            final Path aside = Files.createTempFile(directory, "verdict", ".tmp");
            Files.writeString(aside, JSON.writeValueAsString(kit));
            Files.move(aside, file(spec), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException ignored) {
            // The kit will run again.
        }
    }

    /** Classes that do not come from a jar change without notice. */
    private boolean canRemember() {
        return HostFiles.isKnown(build);
    }

    private Path file(final String spec) {
        try {
            final byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((build + ' ' + spec).getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash, 0, NAME_BYTES) + ".json");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
