package io.fizeau.results.validity;

import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.TransportEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a row of any run may be believed: by the rules of a run, or, in a sweep, by those of the forks of one rate. Stateless.
 */
public final class RowRules {
    private static final String SWEEP_VERDICT = "sweep";

    private RowRules() {}

    /**
     * {@return what the rules that fit the run say}
     *
     * @param run any run.
     * @param row one of its rows.
     */
    public static Validity of(final Run run, final Row row) {
        if (run.manifest().sweep().isEmpty()) {
            return Validity.of(run, row, ValidityRules.standard());
        }
        final boolean isFailed = row.forks().stream()
                .map(fork -> verdict(fork))
                .noneMatch(verdict -> verdict.equals("holds") || verdict.equals("unclear"));
        final Validity ofForks = Validity.of(run, row, ValidityRules.ofSweep(isFailed));
        final List<String> reasons = new ArrayList<>();
        if (!run.manifest().complete()) {
            reasons.add("forks may be missing: the sweep was stopped");
        }
        run.manifest()
                .transport(row.key().param("transport"))
                .map(TransportEntry::kit)
                .filter(kit -> !kit.passed())
                .ifPresent(kit -> reasons.add("conformance kit "
                        + (kit.verdict().equals("NOT_RUN") ? "not run" : kit.verdict())
                        + (kit.detail().isEmpty() ? "" : ": " + kit.detail())));
        reasons.addAll(ofForks.reasons());
        return new Validity(reasons, ofForks.remarks());
    }

    private static String verdict(final ForkResult fork) {
        return fork.entry().notes().getOrDefault(SWEEP_VERDICT, "");
    }
}
