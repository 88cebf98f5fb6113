package io.fizeau.bench.instrument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks {@code results}, which is another program and knows only the run folder, what it says of a run. */
final class ResultsReader {
    private static final long TIMEOUT_S = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path jar;

    ResultsReader(final Path jar) {
        this.jar = jar;
    }

    @Nullable
    ResultsTable read(final Path folder) {
        if (!Files.exists(jar)) {
            return null;
        }
        try {
            final Path output = Files.createTempFile("fizeau-table", ".json");
            try {
                run(folder, output);
                final JsonNode table = JSON.readTree(output.toFile());
                if (!table.has("schema")) {
                    throw new IOException("it wrote no table of " + folder);
                }
                return new ResultsTable(table);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (final IOException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        }
    }

    private void run(final Path folder, final Path output) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(
                        BenchProperties.read()
                                .javaHome()
                                .resolve("bin")
                                .resolve("java")
                                .toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "show",
                        folder.toString(),
                        "--format",
                        "json")
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it took longer than " + TIMEOUT_S + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("it ended with exit status " + process.exitValue());
        }
    }

    private TransportException failure(final String what, final Exception cause) {
        return new TransportException(
                TransportException.NextStep.FAIL_RUN, "the table by " + jar + " cannot be had: " + what, cause);
    }
}
