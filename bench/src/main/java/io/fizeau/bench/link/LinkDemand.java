package io.fizeau.bench.link;

import io.fizeau.bench.plan.Row;
import io.fizeau.bench.trial.TrialImpairment;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.LinkKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the rows of a plan ask of a link. Immutable.
 *
 * @param ofRun the impairment of rows that have none of their own.
 * @param rows all rows.
 */
public record LinkDemand(Impairment ofRun, List<Row> rows) {
    /** Copies the list. */
    public LinkDemand {
        rows = List.copyOf(rows);
    }

    /**
     * Reads what the user asks for.
     *
     * @param impair the texts of {@code --impair}: as many as there are for benchmarks that take them as a parameter, else one.
     * @param rows the plan's.
     * @return what they ask for.
     * @throws TransportException if an impairment cannot be, or there are several for a benchmark that takes one.
     */
    public static LinkDemand of(final List<String> impair, final Collection<Row> rows) {
        impair.forEach(Impairment::parse);
        final boolean isForAll = rows.stream().anyMatch(row -> !TrialImpairment.isParameter(row.params()));
        if (isForAll && impair.size() > 1) {
            throw TransportException.badRequest(
                    "--impair names " + impair.size()
                            + " impairments and some of the suites take only one: name one, or --suites losses,goodput,blackout");
        }
        return new LinkDemand(
                isForAll && !impair.isEmpty() ? Impairment.parse(impair.get(0)) : Impairment.NONE, List.copyOf(rows));
    }

    /**
     * What happens to packets of a row, before the round's seed, and which TCP sends them.
     *
     * @param row the row.
     * @return the impairment and what is pinned.
     */
    public TrialImpairment asked(final Row row) {
        return TrialImpairment.of(row.params(), ofRun);
    }

    /**
     * What happens to packets of a row, before the round's seed.
     *
     * @param row the row.
     * @return the impairment.
     */
    public Impairment impairment(final Row row) {
        return asked(row).impairment();
    }

    /**
     * Whether a row is measured over a link: the good row of a grid, too.
     *
     * @param row the row.
     * @return false if all is as the host has it.
     */
    public boolean isLinked(final Row row) {
        return TrialImpairment.isParameter(row.params()) || asked(row).needsLink();
    }

    /**
     * Whether any row needs one.
     *
     * @return false if the run goes over the loopback as it is.
     */
    public boolean needsLink() {
        return rows.stream().anyMatch(this::isLinked);
    }

    /**
     * The impairments of all rows.
     *
     * @return each once, in their order.
     */
    public Set<Impairment> impairments() {
        final Set<Impairment> all = new LinkedHashSet<>();
        rows.stream().filter(this::isLinked).forEach(row -> all.add(impairment(row)));
        return all;
    }

    /**
     * What the manifest says.
     *
     * @param link the link that was chosen.
     * @return the text forms, each once, and the link; or {@code none}.
     */
    public String over(final Optional<LinkKind> link) {
        return link.map(kind -> String.join(
                                ", ",
                                impairments().stream().map(Impairment::text).toList())
                        + " over " + kind.name())
                .orElse(Impairment.NONE.text());
    }
}
