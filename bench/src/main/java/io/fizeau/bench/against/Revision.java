package io.fizeau.bench.against;

import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.runfolder.Git;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A revision of this repository, and the jar that it gives. It is built from an export of the commit, so that nothing of the working
 * tree or of git's own files is touched, once: the jar is kept by commit. Used by one thread.
 */
public final class Revision {
    private static final String JAR = "benchmarks.jar";
    private static final String SOURCE = "source";
    private static final Duration LONGEST_BUILD = Duration.ofHours(1);
    private static final long PLAIN_PERIOD_S = 10;
    private static final int REASON_LENGTH = 180;

    private final String asked;
    private final String commit;
    private final Path home;
    private final Path directory;

    private Revision(final String asked, final String commit, final Path home, final Path cache) {
        this.asked = asked;
        this.commit = commit;
        this.home = home;
        this.directory = cache.resolve(commit);
    }

    /**
     * Finds what a user means.
     *
     * @param asked a branch, a tag, a commit.
     * @param home the root of the working tree.
     * @param cache where jars of revisions are kept; made when the first is.
     * @return the revision.
     * @throws TransportException if there is no such revision, or no repository.
     */
    public static Revision find(final String asked, final Path home, final Path cache) {
        if (!Files.exists(home.resolve(".git"))) {
            throw OtherBuild.refuse(
                    asked, "is no file, and no revision either: " + home + " is no git working tree", null);
        }
        try {
            final String commit =
                    Git.ask(home, "rev-parse", "--verify", "--quiet", "--end-of-options", asked + "^{commit}");
            return new Revision(asked, commit, home, cache);
        } catch (final IOException e) {
            throw OtherBuild.refuse(
                    asked,
                    "is neither a jar that is there nor a revision of this repository (git says: " + e.getMessage()
                            + ')',
                    e);
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The commit.
     *
     * @return its hash.
     */
    public String commit() {
        return commit;
    }

    /**
     * Its jar, built if it is not there yet, which takes a minute or so and is shown.
     *
     * @param terminal where progress is shown.
     * @return the build.
     * @throws TransportException if it cannot be built; the message gives the reason and the log.
     */
    public OtherBuild build(final Terminal terminal) {
        final Path jar = directory.resolve(JAR);
        try {
            deleteForgotten();
            if (!Files.isRegularFile(jar)) {
                Files.createDirectories(directory);
                try (TemporaryTree source = new TemporaryTree(Files.createTempDirectory(directory, SOURCE))) {
                    export(source.root());
                    make(source, terminal);
                    // In its place only when it is whole; whoever builds the same at the same time makes the same.
                    Files.move(
                            source.root().resolve("bench/target").resolve(JAR),
                            jar,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (final IOException e) {
            throw OtherBuild.refuse(asked, "cannot be built: " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
        return OtherBuild.of(asked, jar, commit, "false");
    }

    /** What a build left behind that was killed; a younger one may be another process's. */
    private void deleteForgotten() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        final Instant recently = Instant.now().minus(LONGEST_BUILD);
        try (DirectoryStream<Path> sources = Files.newDirectoryStream(directory, SOURCE + '*')) {
            for (final Path source : sources) {
                try {
                    if (Files.getLastModifiedTime(source).toInstant().isBefore(recently)) {
                        TemporaryTree.delete(source);
                    }
                } catch (final IOException ignored) {
                    // Another process was faster, or it is another user's: no reason not to measure.
                }
            }
        }
    }

    private void export(final Path source) throws IOException, InterruptedException {
        final Path archive = source.resolve("source.zip");
        Git.ask(home, "archive", "--format=zip", "-o", archive.toString(), commit);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                final ZipEntry entry = entries.nextElement();
                final Path file = source.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        Files.delete(archive);
        if (!Files.exists(source.resolve("mvnw")) || !Files.exists(source.resolve("bench/pom.xml"))) {
            throw OtherBuild.refuse(
                    asked, "(" + shortCommit() + ") cannot be built: it has no mvnw or no bench/pom.xml", null);
        }
    }

    private void make(final TemporaryTree source, final Terminal terminal) throws IOException, InterruptedException {
        final Path javaHome = Path.of(System.getProperty("java.home"));
        if (!Files.exists(javaHome.resolve("bin/javac"))) {
            throw OtherBuild.refuse(
                    asked,
                    "must be built, and the running Java has no compiler: set FIZEAU_JAVA to a JDK's java",
                    null);
        }
        final Path log = directory.resolve("build.log");
        final ProcessBuilder maven = new ProcessBuilder(
                        "sh", "./mvnw", "-B", "-ntp", "-Dfast", "-pl", "bench", "-am", "package")
                .directory(source.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", javaHome.toString());
        terminal.out().println("Building " + asked + " (" + shortCommit() + "), once; log: " + log);
        terminal.out().flush();
        final Process process = source.start(maven);
        for (long seconds = 1; !process.waitFor(1, TimeUnit.SECONDS); seconds++) {
            show(terminal, seconds);
        }
        if (terminal.isInteractive()) {
            terminal.out().print("\r\033[K");
        }
        if (process.exitValue() != 0) {
            throw OtherBuild.refuse(
                    asked,
                    "(" + shortCommit() + ") cannot be built: " + reason(log) + "; all of it is in " + log,
                    null);
        }
    }

    private static void show(final Terminal terminal, final long seconds) {
        if (terminal.isInteractive()) {
            terminal.out().print("\rbuilding, " + seconds + " s ");
        } else if (seconds % PLAIN_PERIOD_S == 0) {
            terminal.out().println("building, " + seconds + " s");
        }
        terminal.out().flush();
    }

    private static String reason(final Path log) throws IOException {
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("[ERROR] ") && !line.contains("COMPILATION ERROR"))
                .findFirst()
                .map(line -> line.substring("[ERROR] ".length()))
                .map(line -> line.substring(0, Math.min(REASON_LENGTH, line.length())))
                .orElse("the build failed");
    }

    private String shortCommit() {
        return commit.substring(0, Math.min(10, commit.length()));
    }

    private static TransportException interrupted(final InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransportException(TransportException.NextStep.STOP, "interrupted", e);
    }
}
