package io.fizeau.bench.progress;

import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.plan.RunPlan;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Lines that stay, for logs and pipes: one a fork, and the table after each round. Used by one thread. */
public final class PlainProgress implements Progress {
    private final PrintStream out;
    private final MedianTable table;
    private final TimeLeft timeLeft;
    private final int rounds;

    /**
     * Creates it.
     *
     * @param out where lines go.
     * @param plan the run.
     * @param clockNs the time in nanoseconds.
     */
    public PlainProgress(final PrintStream out, final RunPlan plan, final LongSupplier clockNs) {
        this.out = out;
        this.table = new MedianTable(plan.distinctForks());
        this.timeLeft = new TimeLeft(plan, clockNs);
        this.rounds = plan.rounds();
    }

    @Override
    public void onStep(final String what) {
        out.println(what + " ...");
    }

    @Override
    public void onDetail(final String what) {
        // A line for each would bury the rest.
    }

    @Override
    public void onNote(final String line) {
        out.println(line);
    }

    @Override
    public void onFork(final int index, final int round, final PlannedFork fork) {
        out.printf(
                "[%d/%d, round %d/%d, %s left] %s ... ",
                index + 1, timeLeft.forks(), round + 1, rounds, TimeLeft.format(timeLeft.left()), fork);
        out.flush();
        timeLeft.onForkStart();
    }

    @Override
    public void onResult(final PlannedFork fork, final double value, final String unit) {
        timeLeft.onForkEnd();
        table.add(fork, value, unit);
        out.println(MedianTable.format(value, unit));
    }

    @Override
    public void onFailure(final PlannedFork fork, final String reason) {
        timeLeft.onForkEnd();
        table.addFailure(fork);
        out.println("FAILED: " + reason);
    }

    @Override
    public void onRound(final int round) {
        out.println();
        table.lines().forEach(out::println);
        out.println();
    }

    @Override
    public void close() {
        out.flush();
    }
}
