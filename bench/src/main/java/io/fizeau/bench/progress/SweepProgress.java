package io.fizeau.bench.progress;

import io.fizeau.bench.plan.PlannedFork;
import java.time.Duration;

/** Lines that stay: one for each probe of a sweep, with what it led to, for that is the way the search went. Used by one thread. */
public final class SweepProgress implements Progress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final Terminal terminal;
    private Duration left = Duration.ZERO;
    private boolean isDetailShown;

    /**
     * Creates it.
     *
     * @param terminal where lines go.
     */
    public SweepProgress(final Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * How long the rest will take.
     *
     * @param time a guess, for how many probes there will be follows from what they show.
     */
    public void onLeft(final Duration time) {
        left = time;
    }

    /**
     * What a probe led to. Ends the line that {@link #onFork} began.
     *
     * @param verdict one phrase.
     */
    public void onVerdict(final String verdict) {
        terminal.out().println(verdict);
    }

    @Override
    public void onStep(final String what) {
        clearDetail();
        terminal.out().println(what + " ...");
    }

    @Override
    public void onDetail(final String what) {
        if (terminal.isInteractive()) {
            terminal.out().print(CLEAR_LINE + terminal.fit(what));
            terminal.out().flush();
            isDetailShown = true;
        }
    }

    @Override
    public void onNote(final String line) {
        clearDetail();
        terminal.out().println(line);
    }

    @Override
    public void onFork(final int index, final int round, final PlannedFork fork) {
        clearDetail();
        terminal.out().printf("[%d, about %s left] %s ... ", index + 1, TimeLeft.format(left), fork);
        terminal.out().flush();
    }

    @Override
    public void onResult(final PlannedFork fork, final double value, final String unit) {
        // The verdict says more.
    }

    @Override
    public void onFailure(final PlannedFork fork, final String reason) {
        onVerdict("FAILED: " + reason);
    }

    @Override
    public void onRound(final int round) {
        // A step of a search is nothing that a reader waits for.
    }

    @Override
    public void close() {
        clearDetail();
        terminal.out().flush();
    }

    private void clearDetail() {
        if (isDetailShown) {
            terminal.out().print(CLEAR_LINE);
            isDetailShown = false;
        }
    }
}
