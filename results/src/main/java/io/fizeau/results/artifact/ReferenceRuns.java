package io.fizeau.results.artifact;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes reference runs anew, one after the other. One that fails is named, and its predecessor stays. They take their places all
 * together, when the last one is measured: a manifest says whether the tree was as committed, and a new run in it is a change. One
 * thread.
 */
final class ReferenceRuns {
    /** Relative to the working tree, so that a manifest's command line names no path of the machine. */
    private static final String WORK = "results/target/artifact";
    /** A busy machine is slower than the plan; a run that hangs must not keep the rest from running. */
    private static final double PATIENCE = 3;

    private static final Duration AT_LEAST = Duration.ofMinutes(5);

    private final Path home;
    private final CommandRunner runner;
    private final ReferenceFolder reference;
    /** What was measured and may take a place, by the name of the place. */
    private final Map<String, Path> ready = new LinkedHashMap<>();

    ReferenceRuns(final Path home, final CommandRunner runner) {
        this.home = home;
        this.runner = runner;
        this.reference = new ReferenceFolder(home);
    }

    static Path log(final Path home, final String name) {
        return home.resolve(WORK).resolve(name + ".log");
    }

    StepResult make(final PlannedRun run, final Consumer<String> progress) {
        final String out = WORK + '/' + run.name();
        final Path made = home.resolve(out);
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("fizeau").toString());
        command.addAll(run.arguments(out));
        final Duration limit = Duration.ofSeconds(Math.round(run.minutes() * 60 * PATIENCE));
        final long start = System.nanoTime();
        try {
            ReferenceFolder.delete(made);
            Files.createDirectories(made);
            final CommandRunner.Ended ended = runner.run(
                    command, log(home, run.name()), limit.compareTo(AT_LEAST) > 0 ? limit : AT_LEAST, progress);
            // Status 1 of a sweep: some transport holds no rate, which is a result. Of a run: forks failed, which the
            // check sees.
            if (ended.status() != 0 && ended.status() != 1) {
                return kept(run, ended.inWords());
            }
            for (final Path folder : reference.check(run, made)) {
                ready.put(name(run, folder), folder);
            }
            final double minutes = (System.nanoTime() - start) / 60e9;
            return StepResult.done(run.name(), String.format(Locale.ROOT, "measured in %.1f min", minutes));
        } catch (final ResultsException | IOException e) {
            return kept(run, String.valueOf(e.getMessage()));
        }
    }

    /** Puts what was measured in its places. */
    List<StepResult> take() {
        final List<StepResult> results = new ArrayList<>();
        ready.forEach((name, folder) -> {
            try {
                reference.replace(name, folder);
                results.add(StepResult.done("results/reference/" + name, "the new one"));
            } catch (final IOException e) {
                results.add(StepResult.failed("results/reference/" + name, e + "; the new one is in " + folder));
            }
        });
        ready.clear();
        return results;
    }

    private static String name(final PlannedRun run, final Path folder) {
        final String made = String.valueOf(folder.getFileName());
        return run.sides().entrySet().stream()
                .filter(side -> made.endsWith("-" + side.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(run.name());
    }

    private static StepResult kept(final PlannedRun run, final String why) {
        return StepResult.failed(run.name(), why + "; the old one is kept (log: " + WORK + '/' + run.name() + ".log)");
    }
}
