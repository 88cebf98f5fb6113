package io.fizeau.bench.rounds;

import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.runfolder.RunFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Runs a plan, round by round. What fails costs its own fork and nothing else; what was measured is on disk before the next fork
 * starts. Used by one thread.
 */
public final class Rounds {
    /** A row that failed so often without a success in between is not tried again. */
    private static final int FAILURES_TO_GIVE_UP = 2;

    private static final double MEDIAN = 50.0;

    private final RunPlan plan;
    private final Profile profile;
    private final JmhArguments jmh;
    private final RunFacts facts;
    private final RunLink link;
    private final Progress progress;
    private final Interruption interruption;
    private final Map<Row, Integer> failuresInARow = new HashMap<>();

    /**
     * Creates a run.
     *
     * @param plan what to run.
     * @param profile how long each fork takes.
     * @param jmh what the user has for JMH.
     * @param facts what the manifest says beside the forks.
     * @param link what the forks send through; stays the caller's.
     * @param progress is told how far it is.
     * @param interruption says when to stop early.
     */
    public Rounds(
            final RunPlan plan,
            final Profile profile,
            final JmhArguments jmh,
            final RunFacts facts,
            final RunLink link,
            final Progress progress,
            final Interruption interruption) {
        this.plan = plan;
        this.profile = profile;
        this.jmh = jmh;
        this.facts = facts;
        this.link = link;
        this.progress = progress;
        this.interruption = interruption;
    }

    /**
     * Runs it to its end, or until it is interrupted.
     *
     * @param folder where everything is kept; the manifest in it is true at any time.
     * @return how it went.
     */
    public RunOutcome run(final RunFolder folder) {
        return run(folder, (row, result) -> {});
    }

    /**
     * As {@link #run(RunFolder)}, and hands on what each fork gave, with all that its files keep only a part of.
     *
     * @param folder where everything is kept.
     * @param onResult is given each row and result of a fork that went well, on the calling thread.
     * @return how it went.
     */
    public RunOutcome run(final RunFolder folder, final BiConsumer<Row, RunResult> onResult) {
        final RunRecord record = new RunRecord(folder, plan, facts);
        try (ForkRunner runner = new ForkRunner(profile, jmh, folder, link)) {
            for (int round = 0; round < plan.rounds() && !interruption.isRequested() && !isEachGivenUp(); round++) {
                runRound(runner, record, round, onResult);
            }
        }
        final boolean isComplete = !interruption.isRequested();
        if (isComplete) {
            progress.onStep("measuring the machine once more");
            facts.probes().runAfter();
        }
        record.finish(
                isComplete,
                isComplete ? "" : "interrupted after " + record.forkCount() + " of " + plan.forkCount() + " forks");
        return new RunOutcome(isComplete, record.forkCount(), record.failedCount());
    }

    private boolean isEachGivenUp() {
        return plan.rows().stream().allMatch(this::isGivenUp);
    }

    private boolean isGivenUp(final Row row) {
        return failuresInARow.getOrDefault(row, 0) >= FAILURES_TO_GIVE_UP;
    }

    private void runRound(
            final ForkRunner runner,
            final RunRecord record,
            final int round,
            final BiConsumer<Row, RunResult> onResult) {
        final List<Row> order = plan.order(round);
        for (int place = 0; place < order.size(); place++) {
            if (interruption.isRequested()) {
                return;
            }
            final Row row = order.get(place);
            if (isGivenUp(row)) {
                continue;
            }
            progress.onFork(record.forkCount(), round, row);
            final ForkOutcome outcome = runner.run(row, record.forkCount(), round);
            if (interruption.isRequested() && !outcome.isOk()) {
                record.add(row, round, place, outcome.interrupted());
                return;
            }
            record.add(row, round, place, outcome);
            report(row, outcome, record);
            if (outcome.result() != null) {
                onResult.accept(row, outcome.result());
            }
        }
        record.onRoundEnd();
        progress.onRound(round);
    }

    private void report(final Row row, final ForkOutcome outcome, final RunRecord record) {
        final RunResult result = outcome.result();
        if (result != null) {
            failuresInARow.put(row, 0);
            final Result<?> primary = result.getPrimaryResult();
            final double value = result.getParams().getMode() == Mode.SampleTime
                    ? primary.getStatistics().getPercentile(MEDIAN)
                    : primary.getScore();
            progress.onResult(row, value, primary.getScoreUnit());
            return;
        }
        progress.onFailure(row, outcome.reason());
        if (failuresInARow.merge(row, 1, Integer::sum) == FAILURES_TO_GIVE_UP) {
            progress.onNote("giving up " + row + " after " + FAILURES_TO_GIVE_UP + " failures in a row");
            record.giveUp(row, outcome.reason());
        }
    }
}
