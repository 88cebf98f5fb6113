package io.fizeau.bench.runfolder;

import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The commit of a working tree, and whether tracked files differ from it. Asked of {@code git} itself, which alone knows all of
 * its own forms of storage.
 *
 * @param commit the hash, or why it is not known.
 * @param dirty {@code true}, {@code false}, or why it is not known.
 */
record GitState(String commit, String dirty) {
    private static final long TIMEOUT_S = 5;

    static GitState read(final Path home) {
        if (!Files.exists(home.resolve(".git"))) {
            return unknown("no git working tree");
        }
        try {
            final String commit = git(home, "rev-parse", "HEAD");
            final String changes = git(home, "status", "--porcelain", "--untracked-files=no");
            return new GitState(commit, Boolean.toString(!changes.isEmpty()));
        } catch (final IOException e) {
            return unknown(String.valueOf(e.getMessage()));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private static GitState unknown(final String why) {
        return new GitState(HostFiles.UNAVAILABLE + why, HostFiles.UNAVAILABLE + why);
    }

    private static String git(final Path home, final String... arguments) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder("git", "--no-optional-locks", "-C", home.toString());
        builder.command().addAll(List.of(arguments));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        // Through a file, so that a git that hangs cannot hold this thread in a read.
        final Path output = Files.createTempFile("fizeau-git", ".txt");
        try {
            final Process process = builder.redirectOutput(output.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("git " + arguments[0] + " took longer than " + TIMEOUT_S + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("git " + arguments[0] + " failed with exit status " + process.exitValue());
            }
            return Files.readString(output, StandardCharsets.UTF_8).strip();
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
