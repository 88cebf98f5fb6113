package io.fizeau.results.cli;

import io.fizeau.results.history.Histories;
import io.fizeau.results.history.HistoryOptions;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.stats.change.ChangeSettings;
import io.fizeau.results.store.Progress;
import io.fizeau.results.table.TableFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows one measure over many runs, and where it changed. */
@Command(
        name = "history",
        description = "Shows one measure over many runs in the order of time, and where it changed.",
        footer = {"", "Exit status: 0; 2 if a run is missing because it could not be used, or if nothing was found."},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class HistoryCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    @Mixin
    private ManyRuns runs = new ManyRuns();

    @Option(
            names = "--metric",
            defaultValue = "",
            paramLabel = "NAME",
            description = "p50, p99, rate, client:alloc.norm, ...; default: what each row is about")
    private String metric = "";

    @Option(
            names = "--benchmark",
            defaultValue = "",
            paramLabel = "NAME",
            description = "part of Class.method, such as RoundTrip or closed")
    private String benchmark = "";

    @Option(
            names = "--transport",
            defaultValue = "",
            paramLabel = "SPEC",
            description = "such as tcp-nio, whatever its options are; --param transport=tcp-nio means just that")
    private String transport = "";

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "such as messageBytes=256; may be repeated")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(names = "--label", defaultValue = "", paramLabel = "LABEL", description = "only runs of this label")
    private String label = "";

    @Option(
            names = "--level",
            defaultValue = "5%",
            paramLabel = "SHARE",
            description =
                    "of so many series without a change, one is found in, 0.1%% to 20%%; default: ${DEFAULT-VALUE}")
    private String level = "5%";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private TableFormat format = TableFormat.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final HistoryOptions options = new HistoryOptions(
                metric, benchmark, transport, params, label, ChangeSettings.STANDARD.withLevel(share(level)));
        final List<Path> locations = runs.locations();
        final PrintWriter err = spec.commandLine().getErr();
        final Progress progress = Sayings.progress(err);
        final Histories histories = Histories.read(locations, options, read -> progress.tell(read, locations.size()));
        Sayings.problems(err, histories.problems());
        Sayings.notices(err, histories.notices());
        if (histories.rows().isEmpty()) {
            return ResultsCommand.BAD_INPUT;
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.print(histories.render(format));
        out.flush();
        return histories.problems().isEmpty() ? 0 : ResultsCommand.BAD_INPUT;
    }

    private static double share(final String text) {
        final boolean isPercent = text.endsWith("%");
        try {
            final double number = Double.parseDouble(isPercent ? text.substring(0, text.length() - 1) : text);
            final double share = isPercent ? number / PERCENT : number;
            if (share >= 0.001 && share <= 0.2) {
                return share;
            }
        } catch (final NumberFormatException ignored) {
            // The same line as for a number that is out of range.
        }
        throw new ResultsException("--level " + text + " is not allowed: it takes a share from 0.1% to 20%");
    }
}
