package io.fizeau.bench.protocol;

import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The TCP connections of this network namespace, from one call of {@code ss}.
 *
 * @param connections those there are.
 * @param reason {@code unavailable: ...}, or empty if ss has answered.
 */
record SocketTable(List<TcpConnection> connections, String reason) {
    private static final long TIMEOUT_S = 3;
    private static final List<String> COMMAND = List.of("ss", "-tinH");

    SocketTable {
        connections = List.copyOf(connections);
    }

    /** Takes some milliseconds, and so is nothing for a time that is measured. */
    static SocketTable read() {
        try {
            final Path output = Files.createTempFile("fizeau-ss", ".txt");
            try {
                return run(output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (final IOException e) {
            return unavailable("ss (of iproute2) does not run here: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted while ss ran");
        }
    }

    private static SocketTable run(final Path output) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(COMMAND)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return unavailable("ss took longer than " + TIMEOUT_S + " s");
        }
        return process.exitValue() == 0
                ? new SocketTable(TcpConnection.parse(Files.readString(output, StandardCharsets.UTF_8)), "")
                : unavailable("ss ended with exit status " + process.exitValue());
    }

    private static SocketTable unavailable(final String reason) {
        return new SocketTable(List.of(), HostFiles.UNAVAILABLE + reason);
    }
}
