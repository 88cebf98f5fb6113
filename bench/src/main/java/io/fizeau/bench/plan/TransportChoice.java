package io.fizeau.bench.plan;

import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import java.util.ArrayList;
import java.util.Comparator;
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
            final List<ConfiguredTransport> all = registry.transports().keySet().stream()
                    .map(registry::resolve)
                    // What does not cross processes is the floor that every other number stands on, so it is never the
                    // one left out.
                    .sorted(Comparator.comparing(TransportChoice::competes))
                    .toList();
            all.stream().filter(each -> !isMechanism(each)).forEach(choice::addIfAvailable);
            VARIANTS.forEach(spec -> choice.addVariant(registry, spec));
            all.stream().filter(TransportChoice::isMechanism).forEach(choice::addIfAvailable);
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

    /** Our mechanisms over datagrams are there to be studied: where time is short they do not take it from what is in use. */
    private static boolean isMechanism(final ConfiguredTransport transport) {
        return Underlay.of(transport.transport()) == Underlay.DATAGRAMS;
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
        if (!transport.guarantees().has(Guarantee.KEEPS_BOUNDARIES)) {
            leftOut.put(
                    transport.spec().text(),
                    "it does not keep the boundaries of messages: it can be checked and served, not measured");
        } else if (availability.isAvailable()) {
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
