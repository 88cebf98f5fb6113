package io.fizeau.bench.runfolder;

import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The commit of a working tree, and whether tracked files differ from it.
 *
 * @param commit the hash, or why it is not known.
 * @param dirty {@code true}, {@code false}, or why it is not known.
 */
record GitState(String commit, String dirty) {
    static GitState read(final Path home) {
        if (!Files.exists(home.resolve(".git"))) {
            return unknown("no git working tree");
        }
        try {
            final String commit = Git.ask(home, "rev-parse", "HEAD");
            final String changes = Git.ask(home, "status", "--porcelain", "--untracked-files=no");
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
}
