package io.fizeau.results.choose;

import io.fizeau.results.table.TableFormat;
import java.util.List;

/**
 * The answer to a user's needs.
 *
 * @param needs what was asked.
 * @param machine that the runs were made on.
 * @param candidates those that meet first, ranked by what is left of the limits; then those of which it cannot be told; then those that
 *     fail.
 * @param used the runs that were read, by name.
 * @param nextRun the command that would answer what cannot be told; empty if there is nothing to ask.
 */
public record Choice(Needs needs, String machine, List<Candidate> candidates, List<String> used, String nextRun) {
    /** Copies the lists. */
    public Choice {
        candidates = List.copyOf(candidates);
        used = List.copyOf(used);
    }

    /** {@return whether at least one transport meets the needs} */
    public boolean isMet() {
        return candidates.stream().anyMatch(candidate -> candidate.verdict() == ChoiceVerdict.MEETS);
    }

    /**
     * {@return the answer in one of the forms of tables, ending in a line break}
     *
     * @param format of it.
     */
    public String render(final TableFormat format) {
        return switch (format) {
            case TEXT -> ChoiceText.render(this, false);
            case MARKDOWN -> ChoiceText.render(this, true);
            case CSV -> ChoiceCsv.render(this);
            case JSON -> ChoiceJson.render(this);
        };
    }
}
