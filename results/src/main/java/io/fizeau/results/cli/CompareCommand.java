package io.fizeau.results.cli;

import io.fizeau.results.compare.ComparedLine;
import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.compare.ComparisonVerdict;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.compare.RunComparisons;
import io.fizeau.results.compare.Side;
import io.fizeau.results.metric.Direction;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.table.TableFormat;
import io.fizeau.results.table.comparison.ComparisonTables;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two runs, or several of each side. */
@Command(
        name = "compare",
        description =
                "Compares two runs: run folders, or JMH JSON files of any project. Forks of one interleaved run are paired by"
                        + " round; of several sessions a side the session is the sample; two runs made at different times get the ratio and"
                        + " no verdict.",
        footer = {
            "",
            "Exit status: 0; 2 if something given could not be read or compared, named on a line of its own. With",
            "--fail-on-regression also 1 if a line REGRESSED, and 2 if a line of which a direction is better got no",
            "verdict or the candidate lacks a valid row that the base has: then nothing says that it did not."
        },
        exitCodeOnExecutionException = CompareCommand.CRASHED,
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    /** The exit status where something regressed. */
    static final int REGRESSED = 1;
    /** The exit status of a fault of this program, which must not look like a regression. */
    static final int CRASHED = 70;

    @Parameters(
            index = "0",
            paramLabel = "BASE",
            description = "a run folder, its name under --runs, a JMH JSON file, or '" + RunChoice.LATEST + "'")
    private String base = "";

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "what is judged, in the same forms")
    private String candidate = "";

    @Option(
            names = "--more-base",
            paramLabel = "RUN",
            description = "another session of the base; may be given several times")
    private List<String> moreBase = new ArrayList<>();

    @Option(
            names = "--more-candidate",
            paramLabel = "RUN",
            description = "another session of the candidate; may be given several times")
    private List<String> moreCandidate = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "a measure to compare, such as p99.9; may be given several times (default: the headline of each row, p99,"
                            + " rate, and what the client allocates)")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--threshold",
            paramLabel = "SHARE",
            converter = Share.class,
            defaultValue = "3%",
            description =
                    "a difference that does not matter: an interval wholly within it is EQUIVALENT and no regression"
                            + " (default: ${DEFAULT-VALUE})")
    private double threshold = ComparisonOptions.DEFAULT_THRESHOLD;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private TableFormat format = TableFormat.TEXT;

    @Option(names = "--all", description = "show all lines as text, also those that do not fit on a screen")
    private boolean isAll;

    @Option(names = "--fail-on-regression", description = "end with exit status 1 if a line regressed")
    private boolean isFailing;

    @Option(
            names = "--force",
            description =
                    "compare also across topologies, and where a parameter has one value throughout the base and another"
                            + " throughout the candidate")
    private boolean isForced;

    @Mixin
    private RunsFolder runs = new RunsFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final List<String> unread = new ArrayList<>();
        final Side ofBase = side(base, moreBase, unread);
        final Side ofCandidate = side(candidate, moreCandidate, unread);
        final RunComparison comparison =
                RunComparisons.of(ofBase, ofCandidate, new ComparisonOptions(metrics, threshold, isForced));
        final PrintWriter out = spec.commandLine().getOut();
        out.print(ComparisonTables.render(format, comparison, isAll ? Integer.MAX_VALUE : ComparisonTables.ONE_SCREEN));
        out.flush();
        final List<String> wrong = new ArrayList<>(unread);
        wrong.addAll(comparison.problems());
        if (isFailing) {
            wrong.addAll(ungated(comparison));
        }
        Sayings.problems(spec.commandLine().getErr(), wrong);
        if (!wrong.isEmpty()) {
            return ResultsCommand.BAD_INPUT;
        }
        return isFailing && comparison.count(ComparisonVerdict.REGRESSED) > 0 ? REGRESSED : 0;
    }

    /** A session that cannot be read is named, and the others of its side are compared; a side needs one. */
    private Side side(final String first, final List<String> more, final List<String> unread) {
        final List<Run> sessions = new ArrayList<>();
        final List<String> broken = new ArrayList<>();
        Stream.concat(Stream.of(first), more.stream()).forEach(given -> {
            try {
                sessions.add(runs.read(given));
            } catch (final ResultsException e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        });
        if (sessions.isEmpty()) {
            Sayings.problems(spec.commandLine().getErr(), unread);
            Sayings.problems(spec.commandLine().getErr(), broken.subList(1, broken.size()));
            throw new ResultsException(broken.get(0));
        }
        unread.addAll(broken);
        return new Side(String.valueOf(sessions.get(0).location().getFileName()), sessions);
    }

    /** What a gate was asked about and cannot answer. */
    private static List<String> ungated(final RunComparison comparison) {
        if (comparison.lines().stream().noneMatch(line -> line.verdict().isDecided())) {
            return List.of("no line got a verdict, so nothing says that there is no regression");
        }
        return comparison.lines().stream()
                .filter(CompareCommand::isOpen)
                .map(line -> line.row() + " " + line.measure().name() + ": " + what(line)
                        + (line.reasons().isEmpty() ? "" : " (" + String.join("; ", line.reasons()) + ')')
                        + ", so nothing says that there is no regression")
                .toList();
    }

    private static String what(final ComparedLine line) {
        return line.verdict() == ComparisonVerdict.INVALID || line.verdict() == ComparisonVerdict.ONE_SIDE_ONLY
                ? "valid in the base and not in the candidate"
                : "got no verdict";
    }

    /** What the candidate alone has, or what was invalid before, is no loss of the candidate's. */
    private static boolean isOpen(final ComparedLine line) {
        return !line.isBaseInvalid()
                && switch (line.verdict()) {
                    case INVALID -> true;
                    case ONE_SIDE_ONLY -> line.base().isPresent();
                    case NO_VERDICT, SESSION_CONFOUNDED -> line.measure().better() != Direction.NEITHER;
                    default -> false;
                };
    }
}
