package io.fizeau.transports.link.command;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Runs a program of the system and waits for it. Stateless. */
public final class Command {
    private static final long PATIENCE_S = 20;
    /** Where ip, tc and nft are; the path of an ordinary user often lacks these. */
    private static final List<Path> BESIDE_PATH = List.of(
            Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/local/sbin"), Path.of("/usr/bin"), Path.of("/bin"));

    /**
     * What became of a program.
     *
     * @param status its exit status.
     * @param output what it printed, also its complaints.
     */
    public record Result(int status, String output) {
        /**
         * Whether it did what it was asked to.
         *
         * @return true if its exit status is 0.
         */
        public boolean isOk() {
            return status == 0;
        }

        /**
         * What it complained of.
         *
         * @return the first line that tells something, without "Error: "; the exit status if there is none.
         */
        public String complaint() {
            return output.lines()
                    .map(line -> line.replaceFirst("^.*?Error: ", "").strip())
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("exit status " + status);
        }
    }

    private Command() {}

    /**
     * Where a program is.
     *
     * @param program its name.
     * @return its path, empty if it is not installed.
     */
    public static Optional<Path> find(final String program) {
        final String path = System.getenv("PATH");
        return Stream.concat(
                        Stream.of((path == null ? "" : path).split(":", -1)).map(Path::of), BESIDE_PATH.stream())
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program.
     *
     * @param words its name and its arguments.
     * @return what became of it.
     * @throws TransportException if it is not installed, or does not end within 20 s.
     */
    public static Result run(final String... words) {
        return run(List.of(words), "");
    }

    /**
     * Runs a program that must succeed.
     *
     * @param words its name and its arguments.
     * @return what it printed.
     * @throws TransportException if it is not installed or fails; the message has its complaint.
     */
    public static String must(final List<String> words) {
        return must(words, "");
    }

    /**
     * Runs a program that must succeed.
     *
     * @param words its name and its arguments.
     * @param input what it reads from its standard input.
     * @return what it printed.
     * @throws TransportException if it is not installed or fails; the message has its complaint.
     */
    public static String must(final List<String> words, final String input) {
        final Result result = run(words, input);
        if (!result.isOk()) {
            throw failed(String.join(" ", words) + " failed: " + result.complaint());
        }
        return result.output();
    }

    /**
     * Runs a program.
     *
     * @param words its name and its arguments.
     * @param input what it reads from its standard input.
     * @return what became of it.
     * @throws TransportException if it is not installed, or does not end within 20 s.
     */
    public static Result run(final List<String> words, final String input) {
        final String program = words.get(0);
        final Path path = find(program).orElseThrow(() -> failed(program + " is not installed"));
        final List<String> command = new ArrayList<>(words);
        command.set(0, path.toString());
        try {
            return await(
                    program,
                    new ProcessBuilder(command).redirectErrorStream(true).start(),
                    input);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, program + " does not start: " + e.getMessage(), e);
        }
    }

    private static Result await(final String program, final Process process, final String input) throws IOException {
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (final IOException e) {
                // It ended without reading all of it; its output tells why.
                return finished(program, process);
            }
            return finished(program, process);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "interrupted while waiting for " + program, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Result finished(final String program, final Process process)
            throws IOException, InterruptedException {
        final AtomicBoolean isLate = new AtomicBoolean();
        // Ends the reading below as well.
        CompletableFuture.delayedExecutor(PATIENCE_S, TimeUnit.SECONDS).execute(() -> {
            isLate.set(process.isAlive());
            process.destroyForcibly();
        });
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final int status = process.waitFor();
        if (isLate.get()) {
            throw failed(program + " does not end within " + PATIENCE_S + " s");
        }
        return new Result(status, output);
    }

    private static TransportException failed(final String message) {
        return new TransportException(TransportException.NextStep.FAIL_RUN, message);
    }
}
