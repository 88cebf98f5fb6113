package io.fizeau.bench.rounds;

import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.Side;
import io.fizeau.bench.progress.Progress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final RunLink link;
    private final Progress progress;
    private final Interruption interruption;
    private final Map<PlannedFork, Integer> failuresInARow = new HashMap<>();
    private int started; // by runRound

    /**
     * Creates a run.
     *
     * @param plan what to run.
     * @param profile how long each fork takes.
     * @param jmh what the user has for JMH.
     * @param link what the forks send through; stays the caller's.
     * @param progress is told how far it is.
     * @param interruption says when to stop early.
     */
    public Rounds(
            final RunPlan plan,
            final Profile profile,
            final JmhArguments jmh,
            final RunLink link,
            final Progress progress,
            final Interruption interruption) {
        this.plan = plan;
        this.profile = profile;
        this.jmh = jmh;
        this.link = link;
        this.progress = progress;
        this.interruption = interruption;
    }

    /**
     * Runs it to its end, or until it is interrupted.
     *
     * @param sides one for each of the plan's.
     * @return how it went.
     */
    public RunOutcome run(final List<RunSide> sides) {
        return run(sides, (row, result) -> {});
    }

    /**
     * As {@link #run(List)}, and hands on what each fork gave, with all that its files keep only a part of.
     *
     * @param sides one for each of the plan's.
     * @param onResult is given each row and result of a fork that went well, on the calling thread.
     * @return how it went.
     */
    public RunOutcome run(final List<RunSide> sides, final BiConsumer<Row, RunResult> onResult) {
        final Map<Side, Lane> lanes = new EnumMap<>(Side.class);
        try {
            for (final RunSide side : sides) {
                lanes.put(
                        side.side(),
                        new Lane(
                                new RunRecord(side.folder(), plan, side.facts()),
                                new ForkRunner(profile, jmh, side.folder(), link, side.build())));
            }
            for (int round = 0; round < plan.rounds() && !interruption.isRequested() && !isEachGivenUp(); round++) {
                runRound(lanes, round, onResult);
            }
        } finally {
            lanes.values().forEach(lane -> lane.runner.close());
        }
        final boolean isComplete = !interruption.isRequested();
        if (isComplete) {
            progress.onStep("measuring the machine once more");
            sides.stream().map(side -> side.facts().probes()).distinct().forEach(Probes::runAfter);
        }
        final int plannedForks = plan.forkCount() / sides.size();
        lanes.values()
                .forEach(lane -> lane.record.finish(
                        isComplete,
                        isComplete
                                ? ""
                                : "interrupted after " + lane.record.forkCount() + " of " + plannedForks + " forks"));
        return new RunOutcome(
                isComplete,
                lanes.values().stream()
                        .mapToInt(lane -> lane.record.forkCount())
                        .sum(),
                lanes.values().stream()
                        .mapToLong(lane -> lane.record.failedCount())
                        .sum());
    }

    private boolean isEachGivenUp() {
        return plan.distinctForks().stream().allMatch(this::isGivenUp);
    }

    private boolean isGivenUp(final PlannedFork fork) {
        return failuresInARow.getOrDefault(fork, 0) >= FAILURES_TO_GIVE_UP;
    }

    private void runRound(final Map<Side, Lane> lanes, final int round, final BiConsumer<Row, RunResult> onResult) {
        final List<PlannedFork> order = plan.order(round);
        for (int place = 0; place < order.size(); place++) {
            if (interruption.isRequested()) {
                return;
            }
            final PlannedFork fork = order.get(place);
            if (isGivenUp(fork)) {
                continue;
            }
            final Lane lane = Objects.requireNonNull(lanes.get(fork.side()), "no such side");
            progress.onFork(started++, round, fork);
            final ForkOutcome outcome = lane.runner.run(fork.row(), lane.record.forkCount(), round);
            if (interruption.isRequested() && !outcome.isOk()) {
                lane.record.add(fork.row(), round, place, outcome.interrupted());
                return;
            }
            lane.record.add(fork.row(), round, place, outcome);
            report(fork, outcome, lane.record);
            if (outcome.result() != null) {
                onResult.accept(fork.row(), outcome.result());
            }
        }
        lanes.values().forEach(lane -> lane.record.onRoundEnd());
        progress.onRound(round);
    }

    private void report(final PlannedFork fork, final ForkOutcome outcome, final RunRecord record) {
        final RunResult result = outcome.result();
        if (result != null) {
            failuresInARow.put(fork, 0);
            final Result<?> primary = result.getPrimaryResult();
            final double value = result.getParams().getMode() == Mode.SampleTime
                    ? primary.getStatistics().getPercentile(MEDIAN)
                    : primary.getScore();
            progress.onResult(fork, value, primary.getScoreUnit());
            return;
        }
        progress.onFailure(fork, outcome.reason());
        if (failuresInARow.merge(fork, 1, Integer::sum) == FAILURES_TO_GIVE_UP) {
            progress.onNote("giving up " + fork + " after " + FAILURES_TO_GIVE_UP + " failures in a row");
            record.giveUp(fork.row(), outcome.reason());
        }
    }

    /**
     * What a side needs while it runs.
     *
     * @param record keeps its forks.
     * @param runner starts them.
     */
    private record Lane(RunRecord record, ForkRunner runner) {}
}
