package io.fizeau.bench.cli;

import io.fizeau.bench.settings.LaunchSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The table at the end. Statistics exist once, in {@code results}, which is another program and knows only the run folder. */
final class ResultsTable {
    /** No exit status of a program. */
    static final int NOT_SHOWN = -1;

    private static final long TIMEOUT_S = 60;

    private ResultsTable() {}

    /**
     * Shows a run. That the table cannot be shown is said, and changes nothing unless somebody asked to be strict: the folder
     * holds everything.
     *
     * @return what the other program ended with: 3 if it was strict and found an invalid row; {@link #NOT_SHOWN} if it could not
     *     be asked.
     */
    static int show(final LaunchSettings settings, final Path folder, final boolean isStrict) {
        final PrintStream out = settings.terminal().out();
        if (!Files.exists(settings.resultsJar())) {
            out.println("No final table: " + settings.resultsJar() + " is not built");
            return NOT_SHOWN;
        }
        out.flush();
        try {
            final List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    settings.resultsJar().toString(),
                    "show",
                    folder.toString()));
            if (isStrict) {
                command.add("--strict");
            }
            final Process process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            out.println("No final table: it took longer than " + TIMEOUT_S + " s");
        } catch (final IOException e) {
            out.println("No final table: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NOT_SHOWN;
    }
}
