package io.fizeau.bench.instrument;

import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.progress.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows which experiment is being done and the time left: one line that is written over where that is possible, else a line for
 * each experiment. Used by one thread.
 */
public final class VerificationProgress implements Progress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final Terminal terminal;
    private final LongSupplier clockNs;
    private List<Experiment> experiments = List.of();
    private int current;
    private long currentStartNs;
    private int forks;
    private @Nullable String lastFailure;

    /**
     * Creates it.
     *
     * @param terminal where to show.
     * @param clockNs the time in nanoseconds.
     */
    public VerificationProgress(final Terminal terminal, final LongSupplier clockNs) {
        this.terminal = terminal;
        this.clockNs = clockNs;
    }

    void onExperiments(final List<Experiment> all) {
        experiments = List.copyOf(all);
    }

    void onExperiment(final int index) {
        current = index;
        currentStartNs = clockNs.getAsLong();
        forks = 0;
        show("", true);
    }

    void onForks(final int count) {
        forks = count;
        lastFailure = null;
    }

    /** Why the last fork that failed since the last series began has failed. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    /** What the experiments that are not finished will take. */
    Duration left() {
        Duration left = Duration.ZERO;
        for (int i = current; i < experiments.size(); i++) {
            left = left.plus(experiments.get(i).plannedTime());
        }
        final Duration spent = Duration.ofNanos(clockNs.getAsLong() - currentStartNs);
        final Duration most =
                experiments.isEmpty() ? Duration.ZERO : experiments.get(current).plannedTime();
        return left.minus(spent.compareTo(most) < 0 ? spent : most);
    }

    @Override
    public void onStep(final String what) {
        show(what, false);
    }

    @Override
    public void onDetail(final String what) {
        show(what, false);
    }

    @Override
    public void onNote(final String line) {
        erase();
        terminal.out().println(line);
        terminal.out().flush();
    }

    @Override
    public void onFork(final int index, final int round, final PlannedFork fork) {
        show("fork " + (index + 1) + '/' + forks + ' ' + fork, false);
    }

    @Override
    public void onResult(final PlannedFork fork, final double value, final String unit) {
        // The experiment says what it comes to.
    }

    @Override
    public void onFailure(final PlannedFork fork, final String reason) {
        lastFailure = fork + ": " + reason;
    }

    @Override
    public void onRound(final int round) {
        // Nothing to show.
    }

    @Override
    public void close() {
        erase();
        terminal.out().flush();
    }

    private void show(final String detail, final boolean isNew) {
        if (experiments.isEmpty() || !(isNew || terminal.isInteractive())) {
            return;
        }
        final Experiment experiment = experiments.get(current);
        final String line = String.format(
                Locale.ROOT,
                "[%d/%d, %s left] %s: %s%s",
                current + 1,
                experiments.size(),
                text(left()),
                experiment.name(),
                experiment.description(),
                detail.isEmpty() ? "" : " (" + detail + ')');
        erase();
        terminal.out().print(terminal.fit(line));
        if (!terminal.isInteractive()) {
            terminal.out().println();
        }
        terminal.out().flush();
    }

    private void erase() {
        if (terminal.isInteractive()) {
            terminal.out().print(CLEAR_LINE);
        }
    }

    private static String text(final Duration duration) {
        final long seconds = Math.max(0, duration.toSeconds());
        return seconds < 60 ? seconds + " s" : String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60);
    }
}
