package io.fizeau.bench.cli;

import io.fizeau.bench.against.OtherBuild;
import io.fizeau.bench.against.OtherSide;
import io.fizeau.bench.against.Revision;
import io.fizeau.bench.kit.KitCache;
import io.fizeau.bench.kit.KitVerdicts;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.plan.Side;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.rounds.ForkBuild;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.Rounds;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.bench.rounds.RunOutcome;
import io.fizeau.bench.rounds.RunSide;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.runfolder.Redaction;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.host.HostFiles;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A base and a candidate in turn: two run folders whose forks are pairs, and what the results say of the two. Used by one thread. */
final class TwoSidedRun {
    private final LaunchSettings settings;
    private final List<String> commandLine;
    private final RunOptions options;
    private final PreparedRun run;
    private final boolean isTracing;
    private final Optional<OtherSide> other;
    private final String question;

    private TwoSidedRun(
            final LaunchSettings settings,
            final List<String> commandLine,
            final RunOptions options,
            final PreparedRun run,
            final boolean isTracing,
            final Optional<OtherSide> other,
            final String question) {
        this.settings = settings;
        this.commandLine = commandLine;
        this.options = options;
        this.run = run;
        this.isTracing = isTracing;
        this.other = other;
        this.question = question;
    }

    /**
     * Measures this build against another one, and compares.
     *
     * @param asked a jar, or a revision of this repository, which is built first.
     * @return the exit status.
     */
    static int against(
            final LaunchSettings settings,
            final List<String> commandLine,
            final RunOptions options,
            final PreparedRun run,
            final boolean isTracing,
            final String asked) {
        final OtherBuild build = find(settings, asked);
        build.requireSameJmh(BuildFacts.read(settings.home()));
        final OtherSide other =
                OtherSide.of(build, options.measuring().transports().plugins(), run.plan());
        // A revision may have taken minutes to build.
        final PreparedRun fromNow = run.startingAt(Instant.now());
        return fromNow.measure(
                commandLine,
                new TwoSidedRun(settings, commandLine, options, fromNow, isTracing, Optional.of(other), "compare")
                        ::measure);
    }

    /**
     * Measures this build against itself, and says how often the comparison would have seen what is not there.
     *
     * @return the exit status.
     */
    static int againstItself(
            final LaunchSettings settings,
            final List<String> commandLine,
            final RunOptions options,
            final PreparedRun run) {
        return run.measure(
                commandLine,
                new TwoSidedRun(settings, commandLine, options, run, false, Optional.empty(), "aa-report")::measure);
    }

    private static OtherBuild find(final LaunchSettings settings, final String asked) {
        final Path jar = Path.of(asked);
        if (asked.endsWith(".jar") || Files.exists(jar)) {
            return OtherBuild.ofJar(asked, jar);
        }
        return Revision.find(asked, settings.home(), settings.cache().resolve("against"))
                .build(settings.terminal());
    }

    private void introduce(final OtherSide base) {
        final PrintStream out = settings.terminal().out();
        final BuildFacts ours = BuildFacts.read(settings.home());
        out.println("Base       " + described(base.facts()));
        out.println("Candidate  " + described(ours));
        base.notes().forEach(out::println);
        if (ours.jarSha256().equals(base.facts().jarSha256())) {
            out.println("Both jars are the same, byte for byte: whatever differs is the machine's");
        }
    }

    private static String described(final BuildFacts build) {
        final String commit = HostFiles.isKnown(build.gitCommit())
                ? "commit "
                        + build.gitCommit()
                                .substring(0, Math.min(10, build.gitCommit().length()))
                        + (build.gitDirty().equals("true") ? " with changes that are not committed" : "")
                : "commit not known";
        return "fizeau " + build.version() + ", " + commit + ", jar "
                + (HostFiles.isKnown(build.jarSha256()) ? build.jarSha256().substring(0, 10) : "not known");
    }

    private int measure(final RunLink link, final Interruption interruption) {
        final PrintStream out = settings.terminal().out();
        final RunRequest request = run.request();
        final RunPlan plan = run.plan().withBothSides();
        other.ifPresent(this::introduce);
        RunIntroduction.print(out, "Base and candidate in turn, profile", request, plan);
        final List<RunSide> sides;
        final RunOutcome outcome;
        try (Progress progress = Progress.of(settings.terminal(), plan)) {
            final RunFacts facts = FactsOfRun.gather(
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
            final List<Manifest.TransportEntry> entries =
                    other.isPresent() ? entries(other.get(), plan, progress, interruption) : facts.transports();
            if (interruption.isRequested()) {
                return FizeauCommand.INTERRUPTED;
            }
            sides = sides(facts, entries);
            outcome = new Rounds(plan, request.profile(), request.jmh(), link, progress, interruption).run(sides);
        }
        return conclude(sides.get(0).folder().path(), sides.get(1).folder().path(), outcome);
    }

    /** Two folders that name each other. */
    private List<RunSide> sides(final RunFacts facts, final List<Manifest.TransportEntry> entriesOfBase) {
        final String id = UUID.randomUUID().toString();
        final RunFolder base = folder(Side.BASE, facts);
        final RunFolder candidate = folder(Side.CANDIDATE, facts);
        return List.of(
                new RunSide(
                        Side.BASE,
                        base,
                        facts.ofSide(
                                labelOf(Side.BASE),
                                other.map(OtherSide::facts).orElse(facts.build()),
                                entriesOfBase,
                                place(id, Side.BASE, candidate)),
                        other.map(OtherSide::forks).orElse(ForkBuild.OURS)),
                new RunSide(
                        Side.CANDIDATE,
                        candidate,
                        facts.ofSide(
                                labelOf(Side.CANDIDATE),
                                facts.build(),
                                facts.transports(),
                                place(id, Side.CANDIDATE, base)),
                        ForkBuild.OURS));
    }

    private RunFolder folder(final Side side, final RunFacts facts) {
        final Redaction redaction =
                options.measuring().redact().redaction(facts, run.request().server(), "");
        final RunFolder folder =
                RunFolder.create(options.measuring().out(settings.runs()), run.startedAt(), labelOf(side), redaction);
        if (isTracing) {
            folder.keepTraces();
        }
        return folder;
    }

    private String labelOf(final Side side) {
        return run.label() + '-' + side.label();
    }

    private static Manifest.Interleaved place(final String id, final Side side, final RunFolder other) {
        return new Manifest.Interleaved(
                id, side.label(), String.valueOf(other.path().getFileName()));
    }

    private List<Manifest.TransportEntry> entries(
            final OtherSide base, final RunPlan plan, final Progress progress, final Interruption interruption) {
        final KitVerdicts verdicts = new KitVerdicts(
                new KitCache(
                        settings.cache().resolve("kit"),
                        options.measuring().transports().plugins(),
                        base.facts().jarSha256()),
                progress,
                interruption,
                base::kit);
        return plan.transports().stream()
                .map(transport -> TransportEntries.of(
                        transport,
                        base.transport(transport.spec().text()),
                        options.measuring().skipsKit() ? verdicts.known(transport) : verdicts.of(transport)))
                .toList();
    }

    private int conclude(final Path base, final Path candidate, final RunOutcome outcome) {
        final PrintStream out = settings.terminal().out();
        final ResultsProgram results = new ResultsProgram(settings);
        final int answered = results.print("comparison", question, base.toString(), candidate.toString());
        out.println();
        out.println((outcome.isComplete() ? "" : "INCOMPLETE: interrupted. ") + "Run folders: " + base);
        out.println((outcome.isComplete() ? "" : "                         ") + "             " + candidate);
        out.flush();
        if (!outcome.isComplete()) {
            return FizeauCommand.INTERRUPTED;
        }
        if (results.report(base) && results.report(candidate)) {
            results.report(base, candidate);
        }
        final Integer judged = options.isStrict() ? judge(results, base, candidate) : null;
        if (judged != null) {
            return judged;
        }
        if (answered != FizeauCommand.OK && answered != ResultsProgram.NOT_RUN) {
            return answered;
        }
        return outcome.failedForks() > 0 || answered == ResultsProgram.NOT_RUN
                ? FizeauCommand.FAILED
                : FizeauCommand.OK;
    }

    /** What being strict comes to, or null if every row of both sides is valid. */
    private static @Nullable Integer judge(final ResultsProgram results, final Path base, final Path candidate) {
        for (final Path folder : List.of(base, candidate)) {
            final int status = results.judge(folder);
            if (status != FizeauCommand.OK) {
                return status == FizeauCommand.INVALID ? FizeauCommand.INVALID : FizeauCommand.FAILED;
            }
        }
        return null;
    }
}
