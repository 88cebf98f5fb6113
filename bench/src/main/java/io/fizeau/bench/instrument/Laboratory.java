package io.fizeau.bench.instrument;

import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.Rounds;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.bench.rounds.RunSide;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where experiments are done: forks by the same way that {@code fizeau run} takes, down to the run folder and what is read from
 * it, and what is simpler in this JVM. Used by one thread.
 */
public final class Laboratory {
    private final Path runs;
    private final ResultsReader results;
    private final BiFunction<String, List<ConfiguredTransport>, RunFacts> facts;
    private final VerificationProgress progress;
    private final Interruption interruption;
    private final List<Path> folders = new ArrayList<>();

    /**
     * Creates it.
     *
     * @param runs where the run folders go.
     * @param resultsJar what reads them; it may not be there.
     * @param facts what the manifest of a run says, by its label and transports.
     * @param progress is told how far an experiment is.
     * @param interruption says when to stop early.
     */
    public Laboratory(
            final Path runs,
            final Path resultsJar,
            final BiFunction<String, List<ConfiguredTransport>, RunFacts> facts,
            final VerificationProgress progress,
            final Interruption interruption) {
        this.runs = runs;
        this.results = new ResultsReader(resultsJar);
        this.facts = facts;
        this.progress = progress;
        this.interruption = interruption;
    }

    /**
     * Runs forks as {@code fizeau run} does.
     *
     * @param series which ones.
     * @return what they gave.
     * @throws TransportException if one of them fails, or the process was told to end.
     */
    public ForkResults run(final ForkSeries series) {
        final JmhArguments jmh = JmhArguments.parse(List.of(
                "-wi", "1",
                "-w", milliseconds(series.warmup()),
                "-i", Integer.toString(series.iterations()),
                "-r", milliseconds(series.iteration())));
        final List<ConfiguredTransport> transports = series.rows().stream()
                .filter(row -> row.params().containsKey("transport"))
                .map(row -> Transports.installed().resolve(row.transport()))
                .toList();
        final RunPlan plan =
                new RunPlan(series.rows(), series.rounds(), 1, transports, Map.of(), jmh.forkTime(Profile.QUICK));
        final Map<Row, List<ForkFigures>> forks = new HashMap<>();
        final RunFolder folder = RunFolder.create(runs, Instant.now(), series.label());
        folders.add(folder.path());
        progress.onForks(plan.forkCount());
        new Rounds(plan, Profile.QUICK, jmh, RunLink.NONE, progress, interruption)
                .run(
                        List.of(RunSide.alone(folder, facts.apply(series.label(), transports))),
                        (row, result) -> forks.computeIfAbsent(row, any -> new ArrayList<>())
                                .add(new ForkFigures(result)));
        requireNotInterrupted();
        for (final Row row : series.rows()) {
            if (forks.getOrDefault(row, List.of()).size() < row.rounds()) {
                throw new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        "a fork failed: " + Objects.requireNonNullElse(progress.lastFailure(), "it is missing")
                                + "; JMH's output is in " + folder.jmhLog());
            }
        }
        return new ForkResults(folder.path(), forks);
    }

    /**
     * What {@code results} says of a run, as a user would see it.
     *
     * @param folder a run folder.
     * @return its table, or null if the results jar is not there.
     * @throws TransportException if it is there and does not do its work.
     */
    public @Nullable ResultsTable results(final Path folder) {
        return results.read(folder);
    }

    /**
     * What the machine did while forks ran since {@link #forgetNoise()}, as far as it passes the limits of noise.
     *
     * @return texts as in the table; empty if there was nothing, or nobody can tell.
     */
    List<String> noise() {
        return folders.stream()
                .map(results::read)
                .flatMap(table -> table == null ? Stream.empty() : table.reasons().stream())
                .filter(reason -> reason.startsWith(ResultsTable.NOISE))
                .distinct()
                .toList();
    }

    /** Forgets the forks that ran so far. */
    void forgetNoise() {
        folders.clear();
    }

    /**
     * Does something in this JVM that may take seconds. The process does not wait for its end when it is told to end.
     *
     * @param work what to do.
     * @param <T> what it gives.
     * @return what it gave.
     */
    public <T> T here(final Supplier<T> work) {
        final T given = interruption.interruptibly(work);
        requireNotInterrupted();
        return given;
    }

    /**
     * Whether the process was told to end.
     *
     * @return true from then on.
     */
    public boolean isInterrupted() {
        return interruption.isRequested();
    }

    private void requireNotInterrupted() {
        if (interruption.isRequested()) {
            throw new TransportException(TransportException.NextStep.STOP, "interrupted");
        }
    }

    private static String milliseconds(final Duration duration) {
        return duration.toMillis() + "ms";
    }
}
