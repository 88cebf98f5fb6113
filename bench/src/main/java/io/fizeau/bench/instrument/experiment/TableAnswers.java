package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.instrument.ResultsTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the table of a run has to say for an experiment to be right. Stateless. */
final class TableAnswers {
    /** Experiments do not run the conformance kit, which is a reason of its own for a row to be invalid. */
    private static final String NO_KIT = "conformance kit";

    private TableAnswers() {}

    /**
     * Whether the table calls the run's row invalid for a certain reason.
     *
     * @param experiment the experiment's name.
     * @param table the table, or null if there is none.
     * @param named a part of the reason.
     * @param note what else to say.
     * @return the outcome.
     */
    static Outcome invalid(
            final String experiment, final @Nullable ResultsTable table, final String named, final String note) {
        return invalid(experiment, "the table's verdict", table, named, note);
    }

    /**
     * The same where an experiment asks it of several runs.
     *
     * @param what tells the runs apart.
     */
    static Outcome invalid(
            final String experiment,
            final String what,
            final @Nullable ResultsTable table,
            final String named,
            final String note) {
        if (table == null) {
            return noTable(experiment, what);
        }
        final List<String> reasons = reasons(table);
        final boolean isNamed = reasons.stream().anyMatch(reason -> reason.contains(named));
        return Outcome.answer(
                experiment,
                what,
                "INVALID, \"" + named + '"',
                isNamed ? "INVALID, \"" + named + '"' : reasons.isEmpty() ? "no such reason" : "INVALID, other reasons",
                isNamed,
                (note.isEmpty() ? "" : note + "; ")
                        + (reasons.isEmpty() ? "the table names no reason" : String.join("; ", reasons)));
    }

    /** The reasons for which a row is invalid, but for the kit that was not run and for what the machine did. */
    static List<String> reasons(final ResultsTable table) {
        return table.reasons().stream()
                .filter(reason -> !reason.startsWith(NO_KIT) && !reason.startsWith(ResultsTable.NOISE))
                .toList();
    }

    /** There is nothing that reads run folders. */
    static Outcome noTable(final String experiment, final String what) {
        return Outcome.skipped(experiment, what, "the results jar, which says whether a row is valid, is not built");
    }
}
