package io.fizeau.bench.cli;

import io.fizeau.bench.settings.LaunchSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The table at the end. Statistics exist once, in {@code results}, which is another program and knows only the run folder. */
final class ResultsTable {
    private static final long TIMEOUT_S = 60;

    private ResultsTable() {}

    /** Shows a run. That the table cannot be shown is said and changes nothing: the folder holds everything. */
    static void show(final LaunchSettings settings, final Path folder) {
        final PrintStream out = settings.terminal().out();
        if (!Files.exists(settings.resultsJar())) {
            out.println("No final table: " + settings.resultsJar() + " is not built");
            return;
        }
        out.flush();
        try {
            final Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            settings.resultsJar().toString(),
                            "show",
                            folder.toString())
                    .inheritIO()
                    .start();
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                out.println("No final table: it took longer than " + TIMEOUT_S + " s");
            }
        } catch (final IOException e) {
            out.println("No final table: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
