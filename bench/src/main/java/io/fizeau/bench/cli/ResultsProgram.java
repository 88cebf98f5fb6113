package io.fizeau.bench.cli;

import io.fizeau.bench.settings.LaunchSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is shown at the end. Statistics exist once, in {@code results}, which is another program and knows only the run folder. That it
 * cannot do something is said in one line, and changes nothing of the run: the folder holds everything.
 */
final class ResultsProgram {
    /** No exit status of a program. */
    static final int NOT_RUN = -1;

    private static final long TIMEOUT_S = 60;
    private static final String REPORT_SUFFIX = ".html";
    private static final String REPORT = "report" + REPORT_SUFFIX;

    private final Path jar;
    private final PrintStream out;

    ResultsProgram(final LaunchSettings settings) {
        this.jar = settings.resultsJar();
        this.out = settings.terminal().out();
    }

    /**
     * Shows the table of a run.
     *
     * @return 3 if it was strict and found an invalid row; {@link #NOT_RUN} if it could not be asked.
     */
    int show(final Path folder, final boolean isStrict) {
        return isStrict
                ? print("final table", "show", folder.toString(), "--strict")
                : print("final table", "show", folder.toString());
    }

    /** Whether a run has an invalid row, without showing it. */
    int judge(final Path folder) {
        return run(
                "verdict on " + folder.getFileName(),
                ProcessBuilder.Redirect.DISCARD,
                "show",
                folder.toString(),
                "--strict");
    }

    /**
     * Has it print something on this terminal.
     *
     * @param what the thing, for the line that says that it is not there.
     * @param arguments of the program.
     * @return what it ended with; {@link #NOT_RUN} if it could not be asked.
     */
    int print(final String what, final String... arguments) {
        return run(what, ProcessBuilder.Redirect.INHERIT, arguments);
    }

    /**
     * Has it make the report of a run, or of two, and names the page.
     *
     * @param folders one run folder, or base and candidate.
     * @return true if there is one.
     */
    boolean report(final Path... folders) {
        if (!Files.exists(jar)) {
            // The table has said so.
            return false;
        }
        boolean isThere = false;
        final List<String> arguments = new ArrayList<>(List.of("report", "--quiet"));
        Arrays.stream(folders).map(Path::toString).forEach(arguments::add);
        try {
            final Path said = Files.createTempFile("fizeau-report", ".txt");
            try {
                final int status =
                        run("report", ProcessBuilder.Redirect.to(said.toFile()), arguments.toArray(new String[0]));
                final List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8).stream()
                        .filter(line -> !line.isBlank())
                        .toList();
                isThere = status != NOT_RUN && name(status, lines, folders);
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (final IOException e) {
            out.println("No report: " + e.getMessage());
        }
        out.flush();
        return isThere;
    }

    /** A page may be there and lack something, which is said beside it. */
    private boolean name(final int status, final List<String> lines, final Path... folders) {
        final Path inFolder = folders[folders.length - 1].resolve(REPORT);
        final Optional<String> named = lines.stream()
                .filter(line -> line.endsWith(REPORT_SUFFIX) && Files.exists(Path.of(line)))
                .findFirst();
        final boolean isThere = named.isPresent() || (status == FizeauCommand.OK && Files.exists(inFolder));
        if (isThere) {
            out.println("Report: " + named.orElse(inFolder.toString()));
        }
        if (!isThere || status != FizeauCommand.OK) {
            out.println((isThere ? "The report lacks something: " : "No report: ")
                    + lines.stream()
                            .filter(line -> !line.endsWith(REPORT_SUFFIX))
                            .findFirst()
                            .orElse("exit status " + status));
        }
        return isThere;
    }

    private int run(final String what, final ProcessBuilder.Redirect to, final String... arguments) {
        if (!Files.exists(jar)) {
            out.println("No " + what + ": " + jar + " is not built");
            return NOT_RUN;
        }
        out.flush();
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        try {
            final ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(to);
            if (to.equals(ProcessBuilder.Redirect.INHERIT)) {
                builder.redirectError(to);
            } else {
                builder.redirectErrorStream(true);
            }
            final Process process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            out.println("No " + what + ": it took longer than " + TIMEOUT_S + " s");
        } catch (final IOException e) {
            out.println("No " + what + ": " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NOT_RUN;
    }
}
