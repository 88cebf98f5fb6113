package io.fizeau.bench.cli;

import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.Rounds;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.bench.rounds.RunOutcome;
import io.fizeau.bench.rounds.RunRecord;
import io.fizeau.bench.rounds.RunSide;
import io.fizeau.bench.runfolder.FarManifest;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.error.TransportException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures: rounds in random order, a run folder, a table. */
@Command(
        name = "run",
        description =
                "Measures transports in randomised rounds and leaves a run folder; with --against two, and compares.",
        footer = {
            "",
            "Exit status: 0 if all forks went well, 1 if some failed, 2 for bad input, 130 if interrupted;",
            "with --strict 3 if a row is invalid, whatever made it so.",
            "What was measured is kept in any case."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private final LaunchSettings settings;
    private final List<String> commandLine;

    @Option(
            names = "--against",
            paramLabel = "JAR|REVISION",
            description = {
                "measure this build in turn with another one, its benchmarks.jar or a revision of this repository, which is",
                "built, and compare: two run folders, forks of a row paired by round"
            })
    private @Nullable String against;

    @Option(
            names = "--detect",
            paramLabel = "SHARE",
            description =
                    "such as 3%%: a pilot of "
                            + RoundsFromPilot.PILOT_ROUNDS
                            + " rounds decides, before the measurement, how many rounds it takes to find such a difference of the closed p50")
    private @Nullable String detect;

    @Option(
            names = "--far-manifest",
            paramLabel = "FILE",
            description = "what 'fizeau serve --manifest FILE' wrote on the server's host: kept with the run")
    private @Nullable Path farManifest;

    @Option(
            names = "--trace",
            description = {
                "keep what happened to each datagram, for 'fizeau explain': in RUN/traces, up to 64 MiB for each fork;",
                "of udp and the arq transports only"
            })
    private boolean isTracing;

    @Mixin
    private RunOptions options = new RunOptions();

    RunCommand(final LaunchSettings settings, final List<String> commandLine) {
        this.settings = settings;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        final double share = detectedShare();
        if (against != null) {
            checkAgainst(against);
        }
        final PreparedRun run = options.prepare(RunDefaults.RUN, share > 0 ? RoundsFromPilot.PILOT_ROUNDS : 0);
        if (against != null) {
            return TwoSidedRun.against(settings, commandLine, options, run, isTracing, against);
        }
        if (farManifest != null && !run.request().server().isAddress()) {
            throw TransportException.badRequest(
                    "--far-manifest goes with --server host:port: the server of this run is on this host");
        }
        final String far = farManifest == null ? "" : FarManifest.read(farManifest);
        if (share > 0) {
            RoundsFromPilot.check(settings, run.plan());
        }
        return run.measure(commandLine, (link, interruption) -> measure(run, share, far, link, interruption));
    }

    /** With a share to detect, the plan is the pilot's; the one of the measurement follows from what the pilot shows. */
    private int measure(
            final PreparedRun run,
            final double share,
            final String far,
            final RunLink link,
            final Interruption interruption) {
        final Terminal terminal = settings.terminal();
        final RunRequest request = run.request();
        final RunPlan plan = run.plan();
        RunIntroduction.print(terminal.out(), share > 0 ? "Pilot, profile" : "Profile", request, plan);
        final RunFolder folder;
        final RunFolder firstFolder;
        final RunFacts facts;
        RunOutcome outcome;
        try (Progress progress = Progress.of(terminal, plan)) {
            facts = FactsOfRun.gather(
                    settings,
                    commandLine,
                    run.startedAt(),
                    run.label(),
                    request.profile().label(),
                    request,
                    plan,
                    run.impairment(),
                    options.measuring().transports().plugins(),
                    options.measuring().skipsKit(),
                    progress,
                    interruption);
            if (interruption.isRequested()) {
                return FizeauCommand.INTERRUPTED;
            }
            folder = RunFolder.create(
                    options.measuring().out(settings.runs()),
                    run.startedAt(),
                    run.label(),
                    options.measuring().redact().redaction(facts, request.server(), far));
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
            outcome = new Rounds(plan, request.profile(), request.jmh(), link, progress, interruption)
                    .run(List.of(RunSide.alone(firstFolder, facts)));
        }
        if (share > 0 && !outcome.isComplete()) {
            terminal.out().println("INCOMPLETE: interrupted in the pilot. Run folder: " + folder.path());
            return FizeauCommand.INTERRUPTED;
        }
        if (share > 0) {
            final Manifest.Pilot pilot = RoundsFromPilot.ask(settings, firstFolder.path(), share);
            RoundsFromPilot.print(terminal.out(), pilot);
            final RunRequest chosen = request.withRounds(pilot.chosen());
            final RunPlan rest = run.planner().plan(chosen);
            RunIntroduction.print(terminal.out(), "Profile", chosen, rest);
            try (Progress progress = Progress.of(terminal, rest)) {
                outcome = new Rounds(rest, request.profile(), request.jmh(), link, progress, interruption)
                        .run(List.of(RunSide.alone(folder, facts.withPilot(pilot))));
            }
        }
        final ResultsProgram results = new ResultsProgram(settings);
        final int shown = results.show(folder.path(), options.isStrict());
        terminal.out().println();
        terminal.out()
                .println((outcome.isComplete() ? "" : "INCOMPLETE: interrupted. ") + "Run folder: " + folder.path());
        terminal.out().flush();
        if (!outcome.isComplete()) {
            return FizeauCommand.INTERRUPTED;
        }
        results.report(folder.path());
        if (options.isStrict() && shown != FizeauCommand.OK) {
            // Whoever asked to be told of an invalid row must not take silence for an answer.
            return shown == FizeauCommand.INVALID ? FizeauCommand.INVALID : FizeauCommand.FAILED;
        }
        return outcome.failedForks() > 0 ? FizeauCommand.FAILED : FizeauCommand.OK;
    }

    private void checkAgainst(final String other) {
        if (detect != null) {
            throw TransportException.badRequest("--detect " + detect + " does not go with --against " + other
                    + ": its pilot is about the differences between transports; give --rounds");
        }
        if (options.hasFarServer()) {
            throw TransportException.badRequest(
                    "--against " + other
                            + " does not go with a server elsewhere: both sides would have the same server, which is one build");
        }
    }

    private double detectedShare() {
        if (detect == null) {
            return 0;
        }
        if (options.rounds().isPresent()) {
            throw TransportException.badRequest("--rounds " + options.rounds().get() + " and --detect " + detect
                    + " cannot be given together: the one chooses the number of rounds, the other finds it");
        }
        return PercentText.parse("--detect", detect, 0.5, 100);
    }
}
