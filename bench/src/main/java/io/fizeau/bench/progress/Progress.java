package io.fizeau.bench.progress;

import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.plan.RunPlan;

/** Is told what a run does. All methods are called by the thread that runs it. */
public interface Progress extends AutoCloseable {
    /**
     * What suits the terminal.
     *
     * @param terminal where to show.
     * @param plan the run.
     * @return progress of the run.
     */
    static Progress of(final Terminal terminal, final RunPlan plan) {
        return terminal.isInteractive()
                ? new LiveProgress(terminal, plan)
                : new PlainProgress(terminal.out(), plan, System::nanoTime);
    }

    /**
     * Something before the rounds has begun.
     *
     * @param what one phrase.
     */
    void onStep(String what);

    /**
     * How far a step has come. Shown where it can be written over, else not at all.
     *
     * @param what one phrase.
     */
    void onDetail(String what);

    /**
     * Something worth a line of its own that stays.
     *
     * @param line the line.
     */
    void onNote(String line);

    /**
     * A fork has begun.
     *
     * @param index its place in the order run, from 0.
     * @param round its round, from 0.
     * @param fork what it measures.
     */
    void onFork(int index, int round, PlannedFork fork);

    /**
     * A fork has ended well.
     *
     * @param fork what it measured.
     * @param value its result.
     * @param unit the result's unit.
     */
    void onResult(PlannedFork fork, double value, String unit);

    /**
     * A fork has failed.
     *
     * @param fork what it was to measure.
     * @param reason why, in one line.
     */
    void onFailure(PlannedFork fork, String reason);

    /**
     * A round has ended.
     *
     * @param round the round, from 0.
     */
    void onRound(int round);

    /** Stops showing anything. Idempotent. */
    @Override
    void close();
}
