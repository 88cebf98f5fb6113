package io.fizeau.bench.progress;

import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A table that is written over in place, with what runs now and the time left below it. Refreshed once a second by a thread of its
 * own, which is cheap beside a fork that measures; all state is guarded by this object's lock.
 */
public final class LiveProgress implements Progress {
    private static final String UP = "\033[%dA\r";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final Terminal terminal;
    private final MedianTable table;
    private final TimeLeft timeLeft;
    private final int rounds;
    private final ScheduledExecutorService ticker;
    private final ScheduledFuture<?> ticks;
    private String now = "";
    private int drawnLines;
    private boolean isMeasuring;
    private boolean isClosed;

    /**
     * Starts to show.
     *
     * @param terminal an interactive one.
     * @param plan the run.
     */
    public LiveProgress(final Terminal terminal, final RunPlan plan) {
        this.terminal = terminal;
        this.table = new MedianTable(plan.distinctForks());
        this.timeLeft = new TimeLeft(plan, System::nanoTime);
        this.rounds = plan.rounds();
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "fizeau-progress");
            thread.setDaemon(true);
            return thread;
        });
        this.ticks = ticker.scheduleAtFixedRate(this::draw, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void onStep(final String what) {
        now = what + " ...";
        draw();
    }

    @Override
    public synchronized void onDetail(final String what) {
        now = what;
        draw();
    }

    @Override
    public synchronized void onNote(final String line) {
        erase();
        terminal.out().println(line);
        draw();
    }

    @Override
    public synchronized void onFork(final int index, final int round, final PlannedFork fork) {
        now = "round " + (round + 1) + '/' + rounds + "  " + fork;
        isMeasuring = true;
        timeLeft.onForkStart();
        draw();
    }

    @Override
    public synchronized void onResult(final PlannedFork fork, final double value, final String unit) {
        timeLeft.onForkEnd();
        table.add(fork, value, unit);
        draw();
    }

    @Override
    public synchronized void onFailure(final PlannedFork fork, final String reason) {
        timeLeft.onForkEnd();
        table.addFailure(fork);
        onNote("FAILED  " + fork + ": " + reason);
    }

    @Override
    public synchronized void onRound(final int round) {
        draw();
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            ticks.cancel(false);
            ticker.shutdownNow();
            erase();
            terminal.out().flush();
        }
    }

    private synchronized void draw() {
        if (isClosed) {
            return;
        }
        final List<String> lines = new ArrayList<>(table.lines());
        lines.add(status());
        final StringBuilder text = new StringBuilder();
        if (drawnLines > 0) {
            text.append(String.format(UP, drawnLines));
        }
        lines.forEach(line -> text.append(terminal.fit(line)).append(CLEAR_LINE).append('\n'));
        drawnLines = lines.size();
        terminal.out().print(text);
        terminal.out().flush();
    }

    private String status() {
        final String left = TimeLeft.format(timeLeft.left());
        return isMeasuring
                ? String.format("[%d/%d, %s left] %s", timeLeft.finished(), timeLeft.forks(), left, now)
                : String.format("[then %s of rounds] %s", left, now);
    }

    private void erase() {
        if (drawnLines > 0) {
            terminal.out().print(String.format(UP, drawnLines) + CLEAR_BELOW);
            drawnLines = 0;
        }
    }
}
