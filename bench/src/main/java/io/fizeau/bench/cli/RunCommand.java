package io.fizeau.bench.cli;

import io.fizeau.bench.link.LinkDemand;
import io.fizeau.bench.link.OwnNamespace;
import io.fizeau.bench.plan.BenchmarkCatalog;
import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunPlanner;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.plan.ServerPlace;
import io.fizeau.bench.progress.LiveProgress;
import io.fizeau.bench.progress.PlainProgress;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.JmhLock;
import io.fizeau.bench.rounds.Rounds;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.bench.rounds.RunOutcome;
import io.fizeau.bench.rounds.RunRecord;
import io.fizeau.bench.runfolder.FarManifest;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.namespace.Namespace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures: rounds in random order, a run folder, a table. */
@Command(
        name = "run",
        description = "Measures transports in randomised rounds and leaves a run folder.",
        footer = {
            "",
            "Exit status: 0 if all forks went well, 1 if some failed, 2 for bad input, 130 if interrupted;",
            "with --strict 3 if a row is invalid, whatever made it so.",
            "What was measured is kept in any case."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    /** The results' own status for the same. */
    private static final int INVALID = 3;

    private final LaunchSettings settings;
    private final List<String> commandLine;

    @Option(
            names = "--profile",
            defaultValue = "quick",
            description =
                    "quick (a few minutes), standard (under an hour) or thorough (hours); default: ${DEFAULT-VALUE}")
    private Profile profile = Profile.QUICK;

    @Option(
            names = "--transports",
            split = ",",
            paramLabel = "SPEC",
            description = "such as tcp-nio,aeron-udp?mtu=8192; default: all that can run here and fit the time")
    private List<String> transports = new ArrayList<>();

    @Option(names = "--sizes", split = ",", paramLabel = "BYTES", description = "message sizes; default: the profile's")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "RATE",
            description = "messages a second that the open loop offers, such as 10k,100k; default: 10k")
    private List<String> rates = new ArrayList<>();

    @Option(
            names = "--suites",
            split = ",",
            paramLabel = "SUITE",
            description =
                    "roundtrip, batch, openloop, throughput, baseline, losses, goodput, blackout, or Class.method of a benchmark; default: roundtrip,openloop,throughput, with --impair losses,goodput,blackout")
    private List<String> suites = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each row is measured; default: the profile's")
    private @Nullable Integer rounds;

    @Option(
            names = "--detect",
            paramLabel = "SHARE",
            description =
                    "such as 3%%: a pilot of "
                            + RoundsFromPilot.PILOT_ROUNDS
                            + " rounds decides, before the measurement, how many rounds it takes to find such a difference of the closed p50")
    private @Nullable String detect;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the order of rows follows from it; default: another one each time")
    private @Nullable Long seed;

    @Option(
            names = "--server",
            defaultValue = "process",
            paramLabel = "WHERE",
            description =
                    "process, thread, or host:port of a server started there with 'fizeau serve'; default: ${DEFAULT-VALUE}")
    private String server = "process";

    @Option(
            names = "--far-manifest",
            paramLabel = "FILE",
            description = "what 'fizeau serve --manifest FILE' wrote on the server's host: kept with the run")
    private @Nullable Path farManifest;

    @Option(
            names = "--label",
            defaultValue = "run",
            description = "becomes part of the run folder's name; default: ${DEFAULT-VALUE}")
    private String label = "run";

    @Option(names = "--out", paramLabel = "DIR", description = "where run folders go; default: results/runs")
    private @Nullable Path out;

    @Option(
            names = "--skip-kit",
            description = "do not run the conformance kit on transports that it has no verdict on yet")
    private boolean skipKit;

    @Option(names = "--strict", description = "end with exit status 3 if any row is invalid")
    private boolean isStrict;

    @Option(
            names = "--trace",
            description = {
                "keep what happened to each datagram, for 'fizeau explain': in RUN/traces, up to 64 MiB for each fork;",
                "of udp and the arq transports only"
            })
    private boolean isTracing;

    @Mixin
    private RedactOption redactOption = new RedactOption();

    @Mixin
    private LinkOptions linkOptions = new LinkOptions();

    @Mixin
    private TransportOptions transportOptions = new TransportOptions();

    @Parameters(paramLabel = "JMH", description = "after '--': options for JMH, such as -wi 2 -i 3 -prof perfasm")
    private List<String> jmh = new ArrayList<>();

    RunCommand(final LaunchSettings settings, final List<String> commandLine) {
        this.settings = settings;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        final Instant startedAt = Instant.now();
        final String checkedLabel = RunFolder.checkedLabel(label);
        final RunRequest request = new RunRequest(
                profile,
                transports,
                sizes,
                rates,
                suites,
                linkOptions.impair(),
                rounds == null ? 0 : checkedRounds(rounds),
                seed == null ? startedAt.toEpochMilli() : seed,
                new ServerPlace(server),
                JmhArguments.parse(jmh));
        if (farManifest != null && !request.server().isAddress()) {
            throw TransportException.badRequest(
                    "--far-manifest goes with --server host:port: the server of this run is on this host");
        }
        final String far = farManifest == null ? "" : FarManifest.read(farManifest);
        final Transports registry = transportOptions.transports();
        final RunPlanner planner = new RunPlanner(BenchmarkCatalog.installed(), registry);
        final double share = detectedShare();
        final RunPlan plan = planner.plan(share > 0 ? request.withRounds(RoundsFromPilot.PILOT_ROUNDS) : request);
        plan.rows().forEach(row -> OpenLoopTrial.check(row.params(), registry));
        if (share > 0) {
            RoundsFromPilot.check(settings, plan);
        }
        final LinkDemand demand = linkOptions.demand(plan);
        final Optional<LinkKind> link = linkOptions.choose(demand);
        if (link.isPresent() && !server.equals("process")) {
            throw TransportException.badRequest("--server " + server
                    + " does not go with a bad link: the link is between this process and a server process of its own");
        }
        if (link.isPresent() && link.get().needsNamespace() && !Namespace.isInside()) {
            return OwnNamespace.run(FizeauCommand.class, linkOptions.named(commandLine, link.get()));
        }
        return JmhLock.holding(() -> {
            try (Interruption interruption = new Interruption();
                    RunLink open = LinkOptions.open(link, demand)) {
                return measure(
                        startedAt,
                        checkedLabel,
                        request,
                        planner,
                        plan,
                        share,
                        far,
                        demand.over(link),
                        open,
                        interruption);
            }
        });
    }

    /** With a share to detect, the plan is the pilot's; the one of the measurement follows from what the pilot shows. */
    private int measure(
            final Instant startedAt,
            final String checkedLabel,
            final RunRequest request,
            final RunPlanner planner,
            final RunPlan plan,
            final double share,
            final String far,
            final String impairment,
            final RunLink link,
            final Interruption interruption) {
        final Terminal terminal = settings.terminal();
        RunIntroduction.print(terminal.out(), share > 0 ? "Pilot, profile" : "Profile", request, plan);
        final RunFolder folder;
        final RunFolder firstFolder;
        final RunFacts facts;
        RunOutcome outcome;
        try (Progress progress = progress(terminal, plan)) {
            facts = FactsOfRun.gather(
                    settings,
                    commandLine,
                    startedAt,
                    checkedLabel,
                    profile.label(),
                    request,
                    plan,
                    impairment,
                    transportOptions.plugins(),
                    skipKit,
                    progress,
                    interruption);
            if (interruption.isRequested()) {
                return INTERRUPTED;
            }
            folder = RunFolder.create(
                    out == null ? settings.runs() : out,
                    startedAt,
                    checkedLabel,
                    redactOption.redaction(facts, request.server(), far));
            if (!far.isEmpty()) {
                folder.writeFarManifest(far);
            }
            if (isTracing) {
                folder.keepTraces();
            }
            firstFolder = share > 0 ? folder.createPilot() : folder;
            if (share > 0) {
                // What stands there if the pilot is the end of it.
                new RunRecord(folder, plan, facts).finish(false, "stopped in the pilot");
            }
            outcome = new Rounds(plan, profile, request.jmh(), facts, link, progress, interruption).run(firstFolder);
        }
        if (share > 0 && !outcome.isComplete()) {
            terminal.out().println("INCOMPLETE: interrupted in the pilot. Run folder: " + folder.path());
            return INTERRUPTED;
        }
        if (share > 0) {
            final Manifest.Pilot pilot = RoundsFromPilot.ask(settings, firstFolder.path(), share);
            RoundsFromPilot.print(terminal.out(), pilot);
            final RunRequest chosen = request.withRounds(pilot.chosen());
            final RunPlan rest = planner.plan(chosen);
            RunIntroduction.print(terminal.out(), "Profile", chosen, rest);
            try (Progress progress = progress(terminal, rest)) {
                outcome = new Rounds(rest, profile, request.jmh(), facts.withPilot(pilot), link, progress, interruption)
                        .run(folder);
            }
        }
        final int shown = ResultsTable.show(settings, folder.path(), isStrict);
        terminal.out().println();
        terminal.out()
                .println((outcome.isComplete() ? "" : "INCOMPLETE: interrupted. ") + "Run folder: " + folder.path());
        terminal.out().flush();
        if (!outcome.isComplete()) {
            return INTERRUPTED;
        }
        if (isStrict && shown != FizeauCommand.OK) {
            // Whoever asked to be told of an invalid row must not take silence for an answer.
            return shown == INVALID ? INVALID : FizeauCommand.FAILED;
        }
        return outcome.failedForks() > 0 ? FizeauCommand.FAILED : FizeauCommand.OK;
    }

    private double detectedShare() {
        if (detect == null) {
            return 0;
        }
        if (rounds != null) {
            throw TransportException.badRequest("--rounds " + rounds + " and --detect " + detect
                    + " cannot be given together: the one chooses the number of rounds, the other finds it");
        }
        return PercentText.parse("--detect", detect, 0.5, 100);
    }

    private static Progress progress(final Terminal terminal, final RunPlan plan) {
        return terminal.isInteractive()
                ? new LiveProgress(terminal, plan)
                : new PlainProgress(terminal.out(), plan, System::nanoTime);
    }

    private static int checkedRounds(final int given) {
        if (given < 1) {
            throw TransportException.badRequest("--rounds " + given + " is not allowed: it takes 1 or more");
        }
        return given;
    }
}
