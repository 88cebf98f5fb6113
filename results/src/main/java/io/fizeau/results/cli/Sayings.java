package io.fizeau.results.cli;

import io.fizeau.results.store.Progress;
import java.io.PrintWriter;
import java.util.List;

/** What a command says on its error output beside its answer. Stateless. */
final class Sayings {
    private static final int MOST_LINES = 10;

    private Sayings() {}

    /** Says on the error output how far it is, if it takes long. */
    static Progress progress(final PrintWriter err) {
        return new Progress(line -> say(err, line), System::nanoTime);
    }

    /** Each in its line: whoever has to mend them has to know them all. */
    static void problems(final PrintWriter err, final List<String> lines) {
        lines.forEach(line -> say(err, line));
    }

    /** The first lines of many that need no mending. */
    static void notices(final PrintWriter err, final List<String> lines) {
        lines.stream().limit(MOST_LINES).forEach(line -> say(err, line));
        if (lines.size() > MOST_LINES) {
            say(err, "and " + (lines.size() - MOST_LINES) + " more lines like these");
        }
    }

    private static void say(final PrintWriter err, final String line) {
        err.println("fizeau: " + line);
        err.flush();
    }
}
