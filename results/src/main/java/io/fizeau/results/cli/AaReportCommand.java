package io.fizeau.results.cli;

import io.fizeau.results.aa.AaReport;
import io.fizeau.results.aa.AaReports;
import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.table.TableFormat;
import io.fizeau.results.table.comparison.ComparisonTables;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a machine calls different where nothing differs, and what it could see. */
@Command(
        name = "aa-report",
        description =
                "Says how often this machine called a difference that is not there, and how small a difference it could see,"
                        + " from the two sides of an interleaved run of the same program. 'fizeau aa' measures such a pair and calls this.",
        footer = {"", "Exit status: 0; 2 if something given could not be read or is no such pair."},
        mixinStandardHelpOptions = true)
final class AaReportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BASE", description = "the run folder of one side, or its name under --runs")
    private String base = "";

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "that of the other side")
    private String candidate = "";

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "a measure, such as p99.9; may be given several times (default: as 'compare')")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--threshold",
            paramLabel = "SHARE",
            converter = Share.class,
            defaultValue = "3%",
            description = "the threshold of the verdicts (default: ${DEFAULT-VALUE})")
    private double threshold = ComparisonOptions.DEFAULT_THRESHOLD;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private TableFormat format = TableFormat.TEXT;

    @Option(names = "--all", description = "show all lines as text, also those that do not fit on a screen")
    private boolean isAll;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "of the relabelings (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin
    private RunsFolder runs = new RunsFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final AaReport report = AaReports.of(
                runs.read(base), runs.read(candidate), new ComparisonOptions(metrics, threshold, false), seed);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(ComparisonTables.render(format, report, isAll ? Integer.MAX_VALUE : ComparisonTables.ONE_SCREEN));
        out.flush();
        Sayings.problems(spec.commandLine().getErr(), report.comparison().problems());
        return report.comparison().problems().isEmpty() ? 0 : ResultsCommand.BAD_INPUT;
    }
}
