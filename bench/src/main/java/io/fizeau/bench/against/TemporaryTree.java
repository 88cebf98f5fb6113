package io.fizeau.bench.against;

import io.fizeau.bench.rounds.Children;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory, and the processes that work in it. When it is closed, or this JVM ends, they are ended first and then all of it is deleted.
 * Thread-safe.
 */
final class TemporaryTree implements AutoCloseable {
    private static final int ATTEMPTS = 20;
    private static final long BETWEEN_ATTEMPTS_MS = 50;

    private final Path root;
    private final List<Process> processes = new ArrayList<>();
    private final Thread hook = new Thread(this::closeAtTheEnd, "fizeau-temporary-tree");
    private boolean closed;

    /**
     * Takes charge of a directory.
     *
     * @param root the directory.
     */
    TemporaryTree(final Path root) {
        this.root = root;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * The directory.
     *
     * @return its path.
     */
    Path root() {
        return root;
    }

    /**
     * Starts a process that ends with this; its standard input is empty.
     *
     * @param builder the process.
     * @return the process.
     * @throws IOException if it cannot be started.
     */
    synchronized Process start(final ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new IOException(root + " is closed");
        }
        final Process process = builder.start();
        processes.add(process);
        process.getOutputStream().close();
        return process;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ignored) {
            // This JVM is ending, and the hook does the same.
        }
        clear();
    }

    private void closeAtTheEnd() {
        try {
            clear();
        } catch (final IOException ignored) {
            // What is left is found by the next build, or by the system's own cleaning.
        }
    }

    private synchronized void clear() throws IOException {
        closed = true;
        processes.forEach(Children::end);
        processes.clear();
        delete(root);
    }

    /**
     * Deletes a directory and all in it; another may be doing the same, or be writing its last file there.
     *
     * @param directory the directory; it need not be there.
     * @throws IOException if something of it stays.
     */
    static void delete(final Path directory) throws IOException {
        for (int attempt = 1; Files.exists(directory); attempt++) {
            try {
                deleteOnce(directory);
            } catch (final DirectoryNotEmptyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                try {
                    Thread.sleep(BETWEEN_ATTEMPTS_MS);
                } catch (final InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private static void deleteOnce(final Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException failure) throws IOException {
                if (Files.exists(file)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path folder, final @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
