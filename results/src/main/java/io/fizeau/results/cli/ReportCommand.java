package io.fizeau.results.cli;

import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.compare.RunComparisons;
import io.fizeau.results.compare.Side;
import io.fizeau.results.report.ComparisonReport;
import io.fizeau.results.report.Report;
import io.fizeau.results.report.RunReport;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the page about a run, or about two. */
@Command(
        name = "report",
        description =
                "Writes one offline HTML page: about a run into its folder, or about a candidate beside its base.",
        footer = {"", "Exit status: 0; 2 for input that cannot be used, or if the page lacks what could not be read."},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    private static final String OF_RUN = "report.html";
    private static final String OF_TWO = "comparison.html";
    private static final String GENERATOR = "fizeau report";
    /** Of the runs beside it so many tell the history; more would take longer than a reader waits. */
    private static final int MOST_SIBLINGS = 24;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description =
                    "a run folder, its name under --runs, a JMH JSON file, or '" + RunChoice.LATEST + "' (the default)")
    private List<String> chosen = new ArrayList<>();

    @Mixin
    private RunsFolder runs = new RunsFolder();

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
        if (chosen.size() > 2) {
            throw new ResultsException(
                    "a page is about one run, or about a base and a candidate; " + chosen.size() + " were given");
        }
        final boolean isComparison = chosen.size() == 2;
        final Run run = runs.read(chosen.isEmpty() ? RunChoice.LATEST : chosen.get(chosen.size() - 1));
        final Report report = isComparison
                ? ComparisonReport.of(
                        RunComparisons.of(
                                Side.of(runs.read(chosen.get(0))), Side.of(run), ComparisonOptions.standard()),
                        GENERATOR)
                : RunReport.of(run, RunChoice.before(run.location(), MOST_SIBLINGS), GENERATOR);
        final Path file = out.isEmpty() ? beside(run.location(), isComparison ? OF_TWO : OF_RUN) : Path.of(out);
        write(file, report.html());
        final PrintWriter err = spec.commandLine().getErr();
        Sayings.problems(err, report.problems());
        final PrintWriter stdout = spec.commandLine().getOut();
        stdout.println(isQuiet ? file.toString() : "report    " + file);
        stdout.flush();
        if (isOpened) {
            Browser.open(file).ifPresent(why -> Sayings.problems(err, List.of(why)));
        }
        return report.problems().isEmpty() ? 0 : ResultsCommand.BAD_INPUT;
    }

    private static Path beside(final Path location, final String name) {
        return Files.isDirectory(location) ? location.resolve(name) : location.resolveSibling(name);
    }

    /** Whole or not at all. */
    private static void write(final Path file, final String html) {
        final Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
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
