package io.fizeau.results.cli;

import io.fizeau.results.report.Report;
import io.fizeau.results.report.RunReport;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the page about a run, or about two. */
@Command(
        name = "report",
        description = "Writes one offline HTML page about a run into its folder.",
        footer = {"", "Exit status: 0; 2 for input that cannot be used, or if the page lacks what could not be read."},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    private static final String OF_RUN = "report.html";

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description =
                    "a run folder, its name under --runs, a JMH JSON file, or '" + RunChoice.LATEST + "' (the default)")
    private List<String> chosen = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "${sys:fizeau.home:-.}/results/runs",
            description = "where run folders are (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("results", "runs");

    @Option(names = "--out", defaultValue = "", paramLabel = "FILE", description = "where to (default: the run folder)")
    private String out = "";

    @Option(names = "--open", description = "open it in a browser, if there is one")
    private boolean isOpened;

    @Option(names = "--quiet", description = "print nothing but where it is")
    private boolean isQuiet;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final Run run = RunReader.read(RunChoice.resolve(runs, chosen.isEmpty() ? RunChoice.LATEST : chosen.get(0)));
        final Path file = out.isEmpty() ? beside(run.location(), OF_RUN) : Path.of(out);
        final Report report = RunReport.of(run, "fizeau");
        write(file, report.html());
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter stdout = spec.commandLine().getOut();
        stdout.println(file);
        stdout.flush();
        if (isOpened) {
            Browser.open(file).ifPresent(why -> ManyRuns.say(err, List.of(why)));
        }
        return 0;
    }

    private static Path beside(final Path location, final String name) {
        return Files.isDirectory(location) ? location.resolve(name) : location.resolveSibling(name);
    }

    /** Whole or not at all. */
    private static void write(final Path file, final String html) {
        final Path folder = file.toAbsolutePath().getParent();
        try {
            final Path aside = Files.createTempFile(folder, "report", ".part");
            try {
                Files.writeString(aside, html);
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (final IOException e) {
            throw new ResultsException(
                    file + ": cannot be written (" + e.getClass().getSimpleName() + "); --out names another file");
        }
    }
}
