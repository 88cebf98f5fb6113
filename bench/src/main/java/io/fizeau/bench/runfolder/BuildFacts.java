package io.fizeau.bench.runfolder;

import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which build of the harness ran. Immutable.
 *
 * @param version its version.
 * @param gitCommit the commit its sources were at when the run started, or why that is not known.
 * @param gitDirty whether tracked files differed from that commit, or why that is not known.
 * @param jarSha256 the hash of the jar that ran, or why there is none.
 * @param dependencies library to version.
 */
public record BuildFacts(
        String version, String gitCommit, String gitDirty, String jarSha256, Map<String, String> dependencies) {
    private static final String PROPERTIES = "build.properties";
    private static final String VERSION = "version";
    private static final int CHUNK_BYTES = 64 << 10;

    /**
     * Finds them out. Runs {@code git} for at most some seconds, if there is one.
     *
     * @param home the root of the working tree.
     * @return the facts.
     */
    public static BuildFacts read(final Path home) {
        final GitState git = GitState.read(home);
        return of(properties(), git.commit(), git.dirty(), hashOfJar());
    }

    /**
     * Those of another build.
     *
     * @param jar its {@code benchmarks.jar}.
     * @param gitCommit the commit that it was built from, or why that is not known.
     * @param gitDirty whether its sources differed from that commit, or why that is not known.
     * @return the facts.
     * @throws IOException if it cannot be read.
     */
    public static BuildFacts ofJar(final Path jar, final String gitCommit, final String gitDirty) throws IOException {
        final Properties properties = new Properties();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            final ZipEntry entry =
                    zip.getEntry(BuildFacts.class.getPackageName().replace('.', '/') + '/' + PROPERTIES);
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    properties.load(in);
                }
            }
        }
        return of(properties, gitCommit, gitDirty, sha256(jar));
    }

    private static BuildFacts of(
            final Properties properties, final String gitCommit, final String gitDirty, final String jarSha256) {
        final Map<String, String> dependencies = new LinkedHashMap<>();
        for (final String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (!name.equals(VERSION)) {
                dependencies.put(name, properties.getProperty(name));
            }
        }
        return new BuildFacts(
                versionIn(properties), gitCommit, gitDirty, jarSha256, Collections.unmodifiableMap(dependencies));
    }

    /**
     * The version of this build.
     *
     * @return as in the pom.
     */
    public static String currentVersion() {
        return versionIn(properties());
    }

    private static String versionIn(final Properties properties) {
        return properties.getProperty(VERSION, HostFiles.UNAVAILABLE + "not in " + PROPERTIES);
    }

    private static Properties properties() {
        final Properties properties = new Properties();
        try (InputStream in = BuildFacts.class.getResourceAsStream(PROPERTIES)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /**
     * The jar that this class came from.
     *
     * @return its SHA-256 in hex, or why there is none.
     */
    public static String hashOfJar() {
        final CodeSource source = BuildFacts.class.getProtectionDomain().getCodeSource();
        final URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return HostFiles.UNAVAILABLE + "the class loader does not tell";
        }
        try {
            final Path jar = Path.of(location.toURI());
            return Files.isRegularFile(jar)
                    ? sha256(jar)
                    : HostFiles.UNAVAILABLE + "run from a directory of classes, not from a jar";
        } catch (final URISyntaxException | IOException e) {
            return HostFiles.UNAVAILABLE + e.getMessage();
        }
    }

    /**
     * Hashes a file.
     *
     * @param file the file.
     * @return its SHA-256 in hex.
     * @throws IOException if it cannot be read.
     */
    public static String sha256(final Path file) throws IOException {
        final MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        final byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                digest.update(chunk, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
