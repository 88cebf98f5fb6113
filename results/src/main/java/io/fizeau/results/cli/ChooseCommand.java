package io.fizeau.results.cli;

import io.fizeau.results.choose.Choice;
import io.fizeau.results.choose.Choosing;
import io.fizeau.results.choose.Machines;
import io.fizeau.results.choose.Needs;
import io.fizeau.results.choose.NeedsParser;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import io.fizeau.results.store.Progress;
import io.fizeau.results.table.TableFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which transports meet a user's needs, by what was measured. */
@Command(
        name = "choose",
        description = "Ranks the transports that meet your needs, by what was measured and by nothing else.",
        footer = {
            "",
            "Without RUN, the runs of this machine under --runs are read. Give --rate, --slo or both.",
            "Exit status: 0 if at least one meets the needs, 1 if none does, 2 for bad input or if nothing was measured."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ChooseCommand implements Callable<Integer> {
    private static final int NONE_MEETS = 1;

    @Mixin
    private ManyRuns runs = new ManyRuns();

    @Option(
            names = "--rate",
            defaultValue = "",
            paramLabel = "RATE",
            description = "messages a second, such as 100k; default: one at a time")
    private String rate = "";

    @Option(names = "--size", defaultValue = "", paramLabel = "BYTES", description = "of a message, such as 256")
    private String size = "";

    @Option(
            names = "--rtt",
            defaultValue = "",
            paramLabel = "TIME",
            description = "the round trip that the network adds, such as 2ms; default: none")
    private String rtt = "";

    @Option(
            names = "--loss",
            defaultValue = "",
            paramLabel = "SHARE",
            description = "of the packets that the network loses each way, such as 1%%; default: none")
    private String loss = "";

    @Option(
            names = "--slo",
            split = ",",
            paramLabel = "LIMIT",
            description = "limits to the latency, such as p99=5ms or p50=100us,p99.9=10ms")
    private List<String> slo = new ArrayList<>();

    @Option(
            names = "--needs",
            split = ",",
            paramLabel = "GUARANTEE",
            description = "what it has to promise, such as reliable,ordered,encrypted; 'fizeau list' has them all")
    private List<String> guarantees = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private TableFormat format = TableFormat.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final List<String> unreadable = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    @Override
    public Integer call() {
        final Needs needs = NeedsParser.parse(rate, size, rtt, loss, slo, guarantees);
        final Choice choice = read(new Choosing(needs), runs.locations());
        final PrintWriter err = spec.commandLine().getErr();
        Sayings.problems(err, unreadable);
        Sayings.notices(err, notices);
        if (choice.candidates().isEmpty()) {
            throw new ResultsException(
                    "no run was made on this machine or can be read, so nothing is known: measure with"
                            + " './fizeau run', or name the runs");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.print(choice.render(format));
        out.flush();
        // A run that was named and is missing may have been the answer.
        if (runs.areNamed() && !unreadable.isEmpty()) {
            return ResultsCommand.BAD_INPUT;
        }
        return choice.isMet() ? 0 : NONE_MEETS;
    }

    private Choice read(final Choosing choosing, final List<Path> locations) {
        final Optional<String> here = runs.areNamed() ? Optional.empty() : Machines.here();
        final Set<Object> seen = new HashSet<>();
        final Progress progress = Sayings.progress(spec.commandLine().getErr());
        int elsewhere = 0;
        int count = 0;
        for (final Path location : locations) {
            try {
                final Run run = RunReader.read(location);
                if (!seen.add(run.identity())) {
                    notices.add(location + ": is a run that is here already; it counts once");
                } else if (here.isPresent() && !Machines.text(run.manifest()).equals(here.get())) {
                    elsewhere++;
                } else if (!choosing.add(run)) {
                    notices.add(location + ": has no manifest, so nobody knows what its transports promise; left out");
                }
            } catch (final ResultsException e) {
                (e.holdsNothing() ? notices : unreadable).add(String.valueOf(e.getMessage()));
            }
            progress.tell(++count, locations.size());
        }
        if (elsewhere > 0) {
            notices.add(
                    elsewhere + (elsewhere == 1 ? " run was" : " runs were") + " made on another machine than this ("
                            + here.orElse("") + ") and left out; name them to use them");
        }
        return choosing.choice();
    }
}
