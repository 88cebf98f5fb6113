package io.fizeau.results.cli;

import io.fizeau.results.run.Run;
import io.fizeau.results.table.RunTable;
import io.fizeau.results.table.SweepTable;
import io.fizeau.results.table.TableFormat;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the final table of a run. */
@Command(
        name = "show",
        description = "Shows the final table of a run: a run folder, or a JMH JSON file of any project.",
        footer = {"", "Exit status: 0; 2 for input that cannot be used; with --strict 3 if a row is invalid."},
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            defaultValue = RunChoice.LATEST,
            description =
                    "a run folder, its name under --runs, a JMH JSON file, or '" + RunChoice.LATEST + "' (the default)")
    private String run = RunChoice.LATEST;

    @Mixin
    private RunsFolder runs = new RunsFolder();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private TableFormat format = TableFormat.TEXT;

    @Option(names = "--strict", description = "end with exit status 3 if any row is invalid")
    private boolean isStrict;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final Run read = runs.read(run);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(
                read.manifest().sweep().isPresent()
                        ? format.render(SweepTable.of(read))
                        : format.render(RunTable.of(read)));
        out.flush();
        return isStrict && !isValid(read) ? ResultsCommand.INVALID : 0;
    }

    /** A sweep ends at rates that fail, so its rows are no matter here. */
    private static boolean isValid(final Run read) {
        if (read.manifest().sweep().isPresent()) {
            return SweepTable.of(read).isValid();
        }
        return read.rows().stream()
                .allMatch(
                        row -> Validity.of(read, row, ValidityRules.standard()).isValid());
    }
}
