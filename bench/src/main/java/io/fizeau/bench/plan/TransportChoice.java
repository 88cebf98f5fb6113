package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which transports a run measures: those asked for, or all that can run here, the floor of the harness first.
 *
 * @param chosen what is measured, in the order of importance.
 * @param leftOut spec to reason.
 */
record TransportChoice(List<ConfiguredTransport> chosen, Map<String, String> leftOut) {
    /** Settings worth a row of their own in the default set, where the transport is there and the time allows. */
    private static final List<String> VARIANTS = List.of("tcp-nio?wait=select");

    static TransportChoice of(final Transports registry, final List<String> asked) {
        final TransportChoice choice = new TransportChoice(new ArrayList<>(), new LinkedHashMap<>());
        if (asked.isEmpty()) {
            final List<String> names = new ArrayList<>(registry.transports().keySet());
            // What does not cross processes is the floor that every other number stands on, so it is never the one left
            // out.
            names.sort((a, b) -> Boolean.compare(competes(registry.resolve(a)), competes(registry.resolve(b))));
            names.forEach(name -> choice.addIfAvailable(registry.resolve(name)));
            VARIANTS.forEach(spec -> choice.addVariant(registry, spec));
        } else {
            for (final String spec : asked) {
                choice.addAsked(registry.resolve(spec));
            }
        }
        if (choice.chosen.isEmpty()) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "no transport can run here: " + (choice.leftOut.isEmpty() ? "none is installed" : choice.leftOut));
        }
        return choice;
    }

    /**
     * Whether a transport is measured for its own sake.
     *
     * @param transport a transport.
     * @return false if it stays within a process and so only shows what the harness costs.
     */
    static boolean competes(final ConfiguredTransport transport) {
        return transport.guarantees().has(Guarantee.CROSSES_PROCESSES);
    }

    private void addAsked(final ConfiguredTransport transport) {
        for (final ConfiguredTransport other : chosen) {
            if (other.spec().equals(transport.spec())) {
                throw TransportException.badRequest("--transports names '" + transport + "' twice");
            }
        }
        addIfAvailable(transport);
    }

    private void addIfAvailable(final ConfiguredTransport transport) {
        final Availability availability = transport.availability();
        if (availability.isAvailable()) {
            chosen.add(transport);
        } else {
            leftOut.put(transport.spec().text(), availability.reason());
        }
    }

    private void addVariant(final Transports registry, final String spec) {
        final String name = spec.substring(0, spec.indexOf('?'));
        if (registry.transports().containsKey(name)) {
            try {
                addIfAvailable(registry.resolve(spec));
            } catch (final TransportException e) {
                leftOut.put(spec, String.valueOf(e.getMessage()));
            }
        }
    }
}
