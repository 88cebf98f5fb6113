package io.fizeau.bench.progress;

import io.fizeau.bench.plan.RunPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Guesses when a run will end: from the plan at first, then from how long its forks really take. Not thread-safe. */
final class TimeLeft {
    private final LongSupplier clockNs;
    private final int forks;
    private final long plannedForkNs;
    private int finished;
    private long spentNs;
    private long forkStartNs;
    private boolean isForkRunning;

    TimeLeft(final RunPlan plan, final LongSupplier clockNs) {
        this.clockNs = clockNs;
        this.forks = plan.forkCount();
        this.plannedForkNs = plan.forkTime().plus(RunPlan.FORK_OVERHEAD).toNanos();
    }

    void onForkStart() {
        forkStartNs = clockNs.getAsLong();
        isForkRunning = true;
    }

    void onForkEnd() {
        spentNs += clockNs.getAsLong() - forkStartNs;
        finished++;
        isForkRunning = false;
    }

    int finished() {
        return finished;
    }

    int forks() {
        return forks;
    }

    Duration left() {
        // The plan's guess counts as one fork more, so that the first fork, which may be odd, does not decide alone.
        final long forkNs = (spentNs + plannedForkNs) / (finished + 1);
        final long runningNs = isForkRunning ? Math.min(forkNs, clockNs.getAsLong() - forkStartNs) : 0;
        return Duration.ofNanos(Math.max(0, forkNs * (forks - finished) - runningNs));
    }

    static String format(final Duration duration) {
        final long seconds = Math.max(0, Math.round(duration.toMillis() / 1e3));
        return seconds < 60
                ? seconds + " s"
                : seconds < 3_600
                        ? String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60)
                        : String.format(Locale.ROOT, "%d h %02d m", seconds / 3_600, seconds / 60 % 60);
    }
}
