package io.fizeau.bench.progress;

import io.fizeau.bench.plan.Row;

/** Is told what a run does. All methods are called by the thread that runs it. */
public interface Progress extends AutoCloseable {
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
     * @param row what it measures.
     */
    void onFork(int index, int round, Row row);

    /**
     * A fork has ended well.
     *
     * @param row what it measured.
     * @param value its result.
     * @param unit the result's unit.
     */
    void onResult(Row row, double value, String unit);

    /**
     * A fork has failed.
     *
     * @param row what it was to measure.
     * @param reason why, in one line.
     */
    void onFailure(Row row, String reason);

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
