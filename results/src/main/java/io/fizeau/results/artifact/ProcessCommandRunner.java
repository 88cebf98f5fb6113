package io.fizeau.results.artifact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs as processes. What it started ends with it, also when this JVM is told to end. One thread. */
public final class ProcessCommandRunner implements CommandRunner {
    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    private final Path directory;

    /**
     * @param directory in which programs are run: the working tree.
     */
    public ProcessCommandRunner(final Path directory) {
        this.directory = directory;
    }

    @Override
    public Ended run(final List<String> command, final Path log, final Duration limit, final Consumer<String> progress)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        final Thread ending = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(ending);
        final StringBuilder output = new StringBuilder();
        try (PrintStream out = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            final Thread printed = reading(
                    process.inputReader(StandardCharsets.UTF_8),
                    line -> {
                        output.append(line).append('\n');
                        out.println(line);
                        progress.accept(line);
                    },
                    out);
            final Thread said = reading(
                    process.errorReader(StandardCharsets.UTF_8),
                    line -> {
                        out.println(line);
                        progress.accept(line);
                    },
                    out);
            final boolean isDone = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!isDone) {
                end(process);
            }
            process.waitFor();
            // What a program has left running may keep its output open.
            printed.join(LAST_LINES.toMillis());
            said.join(LAST_LINES.toMillis());
            return new Ended(isDone ? process.exitValue() : Ended.OVERTIME, output.toString());
        } catch (final InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(command.get(0) + " was interrupted");
        } finally {
            unhook(ending);
        }
    }

    private static Thread reading(final BufferedReader from, final Consumer<String> to, final PrintStream log) {
        final Thread thread = new Thread(() -> from.lines().forEach(to), "what a command prints");
        thread.setDaemon(true);
        // A program that is ended closes its output, maybe in the middle of a line.
        thread.setUncaughtExceptionHandler((t, e) -> log.println("its output ended: " + e.getMessage()));
        thread.start();
        return thread;
    }

    private static void end(final Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void unhook(final Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (final IllegalStateException e) {
            // The JVM is ending, and the hook runs already.
            Thread.currentThread().interrupt();
        }
    }
}
