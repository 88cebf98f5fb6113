package io.fizeau.results.cli;

import io.fizeau.results.store.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The runs that a command reads, and what it says of those that it cannot. Written by picocli. */
final class ManyRuns {
    private static final int MOST_LINES = 10;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..*",
            description = "run folders, their names under --runs, JMH JSON files, or '" + RunChoice.LATEST
                    + "' (default: all folders under --runs)")
    private List<String> chosen = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "${sys:fizeau.home:-.}/results/runs",
            description = "where run folders are (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("results", "runs");

    boolean areNamed() {
        return !chosen.isEmpty();
    }

    List<Path> locations() {
        return chosen.isEmpty()
                ? RunChoice.all(runs)
                : chosen.stream().map(run -> RunChoice.resolve(runs, run)).toList();
    }

    /** Says on the error output how far it is, if it takes long. */
    static IntConsumer progress(final PrintWriter err, final int runs) {
        final Progress progress = new Progress(line -> say(err, line), System::nanoTime);
        return read -> progress.tell(read, runs);
    }

    /** Each in its line: whoever has to mend them has to know them all. */
    static void sayProblems(final PrintWriter err, final List<String> lines) {
        lines.forEach(line -> say(err, line));
    }

    /** The first lines of many that need no mending. */
    static void sayNotices(final PrintWriter err, final List<String> lines) {
        lines.stream().limit(MOST_LINES).forEach(line -> say(err, line));
        if (lines.size() > MOST_LINES) {
            say(err, "and " + (lines.size() - MOST_LINES) + " more lines like these");
        }
    }

    private static void say(final PrintWriter err, final String line) {
        err.println("fizeau: " + line);
        err.flush();
    }
}
