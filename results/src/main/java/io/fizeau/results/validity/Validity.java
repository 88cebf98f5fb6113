package io.fizeau.results.validity;

import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import java.util.List;

/**
 * Whether a row may be believed. An invalid row keeps its numbers and is shown with its reasons, but it takes part in no
 * comparison.
 *
 * @param reasons why it is invalid; empty for a valid row.
 * @param remarks what a reader should know all the same.
 */
public record Validity(List<String> reasons, List<String> remarks) {
    /** Copies the lists. */
    public Validity {
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    /**
     * {@return what the rules say together}
     *
     * @param run the whole run.
     * @param row one of its rows.
     * @param rules for example {@link ValidityRules#standard()}.
     */
    public static Validity of(final Run run, final Row row, final List<ValidityRule> rules) {
        final List<Finding> findings =
                rules.stream().flatMap(rule -> rule.check(run, row)).toList();
        return new Validity(
                findings.stream()
                        .filter(Finding::invalidates)
                        .map(Finding::text)
                        .toList(),
                findings.stream()
                        .filter(f -> !f.invalidates())
                        .map(Finding::text)
                        .toList());
    }

    /** {@return true if no rule objects} */
    public boolean isValid() {
        return reasons.isEmpty();
    }
}
