package io.fizeau.bench.cli;

import io.fizeau.bench.progress.Terminal;
import io.fizeau.core.tck.KitReport.Outcome;
import io.fizeau.core.tck.KitReport.Result;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shows a run of the kit while it goes on: a line for each test, once all ways of driving it are through. Used by one thread. */
final class KitLines {
    private static final String CLEAR_LINE = "\r\033[K";

    private final Terminal terminal;
    private final List<Outcome> current = new ArrayList<>();
    private int count;

    KitLines(final Terminal terminal) {
        this.terminal = terminal;
    }

    void add(final Outcome outcome) {
        if (!current.isEmpty() && !current.get(0).test().equals(outcome.test())) {
            finish();
        }
        current.add(outcome);
        count++;
        if (terminal.isInteractive()) {
            terminal.out().print(CLEAR_LINE + terminal.fit("  " + count + " tests  " + outcome.name()));
            terminal.out().flush();
        }
    }

    /** Shows the test that the last outcomes belong to. */
    void finish() {
        if (current.isEmpty()) {
            return;
        }
        final Set<String> reasons = new LinkedHashSet<>();
        double seconds = 0;
        for (final Outcome outcome : current) {
            seconds += outcome.duration().toNanos() / 1e9;
            if (outcome.result() == Result.FAILED) {
                reasons.add((outcome.way().isEmpty() ? "" : outcome.way() + ": ") + outcome.reason());
            } else if (outcome.result() == Result.SKIPPED) {
                reasons.add("skipped: " + outcome.reason());
            }
        }
        final String verdict = of(Result.FAILED) > 0 ? "FAILED" : of(Result.PASSED) > 0 ? "passed" : "skipped";
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%s  %-7s %3d/%-3d %6.2f s  %s%n",
                        terminal.isInteractive() ? CLEAR_LINE : "",
                        verdict,
                        of(Result.PASSED),
                        current.size(),
                        seconds,
                        current.get(0).test());
        reasons.forEach(reason -> terminal.out().println("            " + reason));
        terminal.out().flush();
        current.clear();
    }

    private long of(final Result result) {
        return current.stream().filter(outcome -> outcome.result() == result).count();
    }
}
