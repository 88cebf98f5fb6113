package io.fizeau.bench.cli;

import io.fizeau.bench.plan.BenchmarkCatalog;
import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunPlanner;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.plan.Suite;
import io.fizeau.bench.progress.SweepProgress;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.JmhLock;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.rounds.RunOutcome;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.bench.sweep.SloLimit;
import io.fizeau.bench.sweep.Sweep;
import io.fizeau.bench.sweep.SweepPlan;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Latency against load: rising rates until one no longer holds, and a search for the highest that does. */
@Command(
        name = "sweep",
        description =
                "Offers rising rates to each transport until the rate, or a limit to its latency, no longer holds,"
                        + " and finds the highest rate that does.",
        footer = {
            "",
            "Exit status: 0 if a sustainable rate was found for each transport, 1 if not, 2 for bad input, 130 if interrupted.",
            "What was measured is kept in any case."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SweepCommand implements Callable<Integer> {
    private static final String PROFILE = "sweep";
    private static final List<String> OURS = List.of("-wi", "-w", "-i", "-r");

    private final LaunchSettings settings;
    private final List<String> commandLine;

    @Option(
            names = "--transports",
            split = ",",
            paramLabel = "SPEC",
            description = "such as tcp-nio,aeron-udp?mtu=8192; default: all that can run here")
    private List<String> transports = new ArrayList<>();

    @Option(names = "--sizes", split = ",", paramLabel = "BYTES", description = "message sizes; default: 32")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--slo",
            split = ",",
            paramLabel = "LIMIT",
            description =
                    "limits to the response time, such as p99=100us or p50=20us,p99.9=1ms; p50, p90, p99, p99.9, p99.99, max")
    private List<String> slo = new ArrayList<>();

    @Option(
            names = "--from",
            defaultValue = "1k",
            paramLabel = "RATE",
            description = "the first rate, in messages a second; default: ${DEFAULT-VALUE}")
    private String from = "1k";

    @Option(
            names = "--arrivals",
            defaultValue = "constant",
            paramLabel = "HOW",
            description = "how messages fall due: constant, poisson or burst:N; default: ${DEFAULT-VALUE}")
    private String arrivals = "constant";

    @Option(
            names = "--precision",
            defaultValue = "5%",
            paramLabel = "SHARE",
            description = "how narrow the highest rate is to be told; default: ${DEFAULT-VALUE}")
    private String precision = "5%";

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "how many forks have to agree on a rate near the edge; default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(
            names = "--time",
            defaultValue = "1s",
            paramLabel = "TIME",
            description = "the measured time of a fork, where no percentile needs more; default: ${DEFAULT-VALUE}")
    private String time = "1s";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the order of transports follows from it; default: another one each time")
    private @Nullable Long seed;

    @Option(
            names = "--label",
            defaultValue = "sweep",
            description = "becomes part of the run folder's name; default: ${DEFAULT-VALUE}")
    private String label = "sweep";

    @Mixin
    private MeasuringOptions measuring = new MeasuringOptions();

    @Parameters(paramLabel = "JMH", description = "after '--': options for JMH, such as -p connections=4")
    private List<String> jmh = new ArrayList<>();

    SweepCommand(final LaunchSettings settings, final List<String> commandLine) {
        this.settings = settings;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        final Instant startedAt = Instant.now();
        final String checkedLabel = RunFolder.checkedLabel(label);
        final List<SloLimit> limits = SloLimit.parse(slo);
        final double fromPerSecond = SweepPlan.checkFrom(firstRate());
        Arrivals.parse(arrivals, fromPerSecond, 0);
        final List<String> arguments = jmhArguments();
        final RunRequest request = new RunRequest(
                Profile.QUICK,
                transports,
                sizes,
                List.of(from),
                List.of(Suite.OPENLOOP.label()),
                List.of(),
                1,
                seed == null ? startedAt.toEpochMilli() : seed,
                measuring.server(),
                JmhArguments.parse(arguments));
        final Transports registry = measuring.transports().transports();
        checkFit(registry);
        final RunPlan rows = new RunPlanner(BenchmarkCatalog.installed(), registry).plan(request);
        rows.rows().forEach(row -> OpenLoopTrial.check(row.params(), registry));
        final SweepPlan plan = new SweepPlan(
                // How many steps there will be is not known before the last.
                new RunPlan(rows.rows(), 0, rows.seed(), rows.transports(), rows.leftOut(), rows.forkTime()),
                limits,
                fromPerSecond,
                arrivals,
                PercentText.parse("--precision", precision, 1, 50),
                rounds,
                TimeText.parse("--time", time, Duration.ofHours(1)),
                arguments);
        return JmhLock.holding(() -> {
            try (Interruption interruption = new Interruption()) {
                return measure(startedAt, checkedLabel, request, plan, interruption);
            }
        });
    }

    private int measure(
            final Instant startedAt,
            final String checkedLabel,
            final RunRequest request,
            final SweepPlan plan,
            final Interruption interruption) {
        final PrintStream text = settings.terminal().out();
        introduce(text, plan);
        final RunFolder folder;
        final RunOutcome outcome;
        try (SweepProgress progress = new SweepProgress(settings.terminal())) {
            final RunFacts facts = FactsOfRun.gather(
                    settings,
                    commandLine,
                    startedAt,
                    checkedLabel,
                    PROFILE,
                    request,
                    plan.rows(),
                    "none",
                    measuring.transports().plugins(),
                    measuring.skipsKit(),
                    progress,
                    interruption);
            if (interruption.isRequested()) {
                return FizeauCommand.INTERRUPTED;
            }
            folder = RunFolder.create(
                    measuring.out(settings.runs()),
                    startedAt,
                    checkedLabel,
                    measuring.redact().redaction(facts, request.server(), ""));
            outcome = new Sweep(plan, facts, progress, interruption).run(folder);
        }
        text.println();
        final ResultsProgram results = new ResultsProgram(settings);
        results.show(folder.path(), false);
        text.println();
        text.println((outcome.isComplete() ? "" : "INCOMPLETE: interrupted. ") + "Run folder: " + folder.path());
        text.flush();
        if (!outcome.isComplete()) {
            return FizeauCommand.INTERRUPTED;
        }
        results.report(folder.path());
        return outcome.failedForks() > 0 ? FizeauCommand.FAILED : FizeauCommand.OK;
    }

    private void introduce(final PrintStream text, final SweepPlan plan) {
        final long seconds = plan.estimate().toSeconds();
        text.printf(
                "Sweep: %s, from %s/s until %s no longer holds, to within %s, %s for a rate near the edge, about %s; seed %d%n",
                counted(plan.rows().rows().size(), "row"),
                from,
                slo.isEmpty() ? "the rate" : "the rate or " + String.join(" or ", slo),
                precision,
                counted(plan.repeats(), "fork"),
                seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min",
                plan.rows().seed());
        plan.rows().leftOut().forEach((spec, reason) -> text.println("Left out: " + spec + ": " + reason));
        text.flush();
    }

    private static String counted(final int number, final String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private double firstRate() {
        try {
            return Arrivals.parseRate(from);
        } catch (final TransportException e) {
            throw new TransportException(TransportException.NextStep.STOP, "--from: " + e.getMessage(), e);
        }
    }

    private List<String> jmhArguments() {
        for (final String argument : jmh) {
            if (OURS.contains(argument)) {
                throw TransportException.badRequest("JMH's " + argument
                        + " cannot be given to 'fizeau sweep': each probe is one iteration, as long as --time says or a"
                        + " percentile needs");
            }
            if (argument.startsWith("arrivals=")) {
                throw TransportException.badRequest(
                        "-p arrivals=... cannot be given to 'fizeau sweep': use --arrivals");
            }
        }
        final List<String> arguments = new ArrayList<>(jmh);
        arguments.addAll(List.of("-p", "arrivals=" + arrivals));
        return arguments;
    }

    /** A run leaves out what does not fit; a sweep that is asked for one transport at one size should not do something else. */
    private void checkFit(final Transports registry) {
        for (final String spec : transports) {
            final Guarantees guarantees = registry.resolve(spec).guarantees();
            if (!guarantees.has(Guarantee.KEEPS_BOUNDARIES)) {
                throw TransportException.badRequest(
                        "--transports " + spec + " does not keep the boundaries of messages: it cannot be measured");
            }
            final int mostBytes = guarantees.maxMessageBytes();
            for (final int size : sizes) {
                if (size > mostBytes) {
                    throw TransportException.badRequest("--sizes " + size + " is longer than the longest message of "
                            + spec + ", " + mostBytes + " B");
                }
            }
        }
    }
}
