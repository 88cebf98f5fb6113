package io.fizeau.bench.link;

import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.Suite;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.Links;
import io.fizeau.transports.link.namespace.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which link a run takes: the one that was named, or the first that is there and can do all that is asked. Stateless. */
public final class LinkChoice {
    private LinkChoice() {}

    /**
     * Chooses.
     *
     * @param name the link that the user names, or empty for the strongest there is.
     * @param demand what the rows ask for.
     * @return the kind of link; empty if the rows ask for none.
     * @throws TransportException if none can do it here: why each cannot, and what would help.
     */
    public static Optional<LinkKind> of(final String name, final LinkDemand demand) {
        if (!demand.needsLink()) {
            if (!name.isEmpty()) {
                throw TransportException.badRequest(
                        "--link " + name
                                + " has nothing to do: say what is to happen with --impair, such as --impair loss=1%:delay=2ms");
            }
            return Optional.empty();
        }
        final List<String> refusals = new ArrayList<>();
        for (final LinkKind kind : name.isEmpty() ? Links.all() : List.of(Links.named(name))) {
            final Optional<String> refusal = refusal(kind, demand);
            if (refusal.isEmpty()) {
                return Optional.of(kind);
            }
            refusals.add(kind.name() + ": " + refusal.get());
        }
        throw TransportException.badRequest(
                name.isEmpty()
                        ? "no link can do that here: " + String.join("; ", refusals)
                        : "--link " + refusals.get(0) + " (fizeau doctor lists the links)");
    }

    private static Optional<String> refusal(final LinkKind kind, final LinkDemand demand) {
        for (final Row row : demand.rows()) {
            if (demand.isLinked(row)) {
                final Optional<String> refusal = kind.refusal(demand.impairment(row), row.transport());
                if (refusal.isPresent()) {
                    return refusal;
                }
                if (Suite.BLACKOUT.holds(row.benchmark()) && !kind.canBlackOut()) {
                    return Optional.of("it cannot lose everything on request, which --suites blackout needs");
                }
            }
        }
        if (Namespace.isInside()) {
            // Whoever made the namespace has asked already.
            return Optional.empty();
        }
        final Availability availability = kind.availability();
        return availability.isAvailable() ? Optional.empty() : Optional.of(availability.reason());
    }
}
