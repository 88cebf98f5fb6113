package io.fizeau.bench.runfolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks {@code git} itself, which alone knows all of its own forms of storage. Stateless. */
public final class Git {
    private static final long TIMEOUT_S = 20;

    private Git() {}

    /**
     * Runs one command that changes nothing.
     *
     * @param tree the working tree.
     * @param arguments the command and its arguments.
     * @return what it printed, without white space around it.
     * @throws IOException if there is no {@code git}, if it fails or takes too long.
     * @throws InterruptedException if the calling thread is interrupted.
     */
    public static String ask(final Path tree, final String... arguments) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder("git", "--no-optional-locks", "-C", tree.toString());
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
