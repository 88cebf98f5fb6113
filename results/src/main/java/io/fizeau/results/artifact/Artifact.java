package io.fizeau.results.artifact;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Makes everything anew that the docs show, and checks what they claim. It ends by itself: each step has a limit of time, and one
 * that fails is named and leaves what was there. One thread.
 */
public final class Artifact {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    /** Above this much other work, a measurement is of that work too. */
    private static final double QUIET_LOAD = 1;

    private final Path home;
    private final CommandRunner runner;
    private final PrintWriter out;
    private final LongSupplier nanoTime;

    /**
     * @param home the working tree.
     * @param runner of {@code ./fizeau} and {@code ./mvnw}.
     * @param out for the user, who is told of each step as it begins and ends.
     * @param nanoTime a clock, as {@link System#nanoTime}.
     */
    public Artifact(final Path home, final CommandRunner runner, final PrintWriter out, final LongSupplier nanoTime) {
        this.home = home;
        this.runner = runner;
        this.out = out;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes the reference runs, the tables and the figures anew.
     *
     * @param profile how long to measure.
     * @param only names of planned runs; empty for all of them.
     * @param load the load average before it, NaN if unknown.
     * @return true if every step went well.
     *
     * @throws ResultsException if the plan cannot be used, or has no run of such a name.
     * @throws IOException if a page cannot be read or written.
     */
    public boolean make(final ArtifactProfile profile, final List<String> only, final double load) throws IOException {
        final List<PlannedRun> planned = chosen(profile, only);
        final double minutes = planned.stream().mapToDouble(PlannedRun::minutes).sum();
        say(String.format(
                Locale.ROOT,
                "artifact, profile %s: %d runs, about %.0f min, then tables, figures and claims, about 3 min",
                profile.label(),
                planned.size(),
                minutes));
        if (load > QUIET_LOAD) {
            say(String.format(
                    Locale.ROOT,
                    "the load average is %.1f: other work runs here, and these runs will be of that work too",
                    load));
        }
        final ReferenceRuns runs = new ReferenceRuns(home, runner);
        final List<StepResult> results = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            final PlannedRun run = planned.get(i);
            say(String.format(
                    Locale.ROOT,
                    "[%d/%d] %s, about %.0f min: ./fizeau %s",
                    i + 1,
                    planned.size(),
                    run.name(),
                    Math.ceil(run.minutes()),
                    String.join(" ", run.command())));
            results.add(told(runs.make(run, new Progress(this::say, nanoTime))));
        }
        runs.take().forEach(result -> results.add(told(result)));
        say("tables");
        new DocTables(home, runner).refresh().forEach(result -> results.add(told(result)));
        results.add(told(step("figures", List.of("fizeau", "notebooks", "--figures", "docs/figures"))));
        results.add(told(step(
                "curves",
                List.of(
                        "mvnw",
                        "-q",
                        "-B",
                        "-ntp",
                        "verify",
                        "-DskipITs",
                        "-pl",
                        "transports",
                        "-am",
                        "-Dtest=CurvesTest",
                        "-Dsurefire.failIfNoSpecifiedTests=false",
                        "-Dfizeau.curves=docs/reliability"))));
        return results.stream().allMatch(StepResult::ok);
    }

    /**
     * Says for each claim in the docs whether it still holds.
     *
     * @return false if one is broken.
     *
     * @throws ResultsException if the claims cannot be read.
     */
    public boolean check() {
        final List<ClaimResult> results = new ClaimCheck(home).check(Claim.read(home.resolve("docs/claims.json")));
        ClaimTable.of(results).forEach(out::println);
        out.flush();
        return results.stream().noneMatch(result -> result.verdict() == ClaimVerdict.BROKEN);
    }

    private List<PlannedRun> chosen(final ArtifactProfile profile, final List<String> only) {
        final Path plan = home.resolve("results/reference/plan.json");
        final List<PlannedRun> all = PlannedRun.read(plan, profile);
        final List<String> names = all.stream().map(PlannedRun::name).toList();
        for (final String name : only) {
            if (!names.contains(name)) {
                throw new ResultsException(
                        "--only " + name + ": " + plan + " has no such run; it has " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(run -> only.isEmpty() || only.contains(run.name()))
                .toList();
    }

    private StepResult step(final String name, final List<String> command) {
        final Path program = home.resolve(command.get(0));
        if (!Files.exists(program)) {
            return StepResult.failed(name, "there is no " + program);
        }
        say(name);
        final List<String> whole = new ArrayList<>(command);
        whole.set(0, program.toString());
        final Path log = ReferenceRuns.log(home, name);
        try {
            final CommandRunner.Ended ended = runner.run(whole, log, LIMIT, new Progress(this::say, nanoTime));
            return ended.status() == 0
                    ? StepResult.done(name, "written")
                    : StepResult.failed(name, ended.inWords() + " (log: " + home.relativize(log) + ")");
        } catch (final IOException e) {
            return StepResult.failed(name, String.valueOf(e.getMessage()));
        }
    }

    private StepResult told(final StepResult result) {
        say("  " + result.name() + ": " + (result.ok() ? "" : "FAILED, ") + result.text());
        return result;
    }

    private void say(final String line) {
        out.println(line);
        out.flush();
    }
}
