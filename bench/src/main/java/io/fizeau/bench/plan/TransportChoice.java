package io.fizeau.bench.plan;

import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.SpecPart;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which transports a run measures: those asked for, or all that can run here, the floor of the harness first.
 *
 * @param chosen what is measured, in the order of importance.
 * @param leftOut spec to reason.
 */
record TransportChoice(List<ConfiguredTransport> chosen, Map<String, String> leftOut) {
    /** What a first look is about: where the time does not allow all, what comes first here is what is measured. */
    private static final List<String> FIRST = List.of("aeron-ipc", "aeron-udp", "tcp-blocking", "tcp-nio");

    /** Settings worth a row of their own in the default set, where the transport is there and the time allows. */
    private static final List<String> VARIANTS = List.of("tcp-nio?wait=select");

    /**
     * Chooses.
     *
     * @param registry the transports there are.
     * @param asked what the user names.
     * @param ofSuites what suites name by themselves, where the user names nothing.
     */
    static TransportChoice of(final Transports registry, final List<String> asked, final List<String> ofSuites) {
        final TransportChoice choice = new TransportChoice(new ArrayList<>(), new LinkedHashMap<>());
        if (asked.isEmpty()) {
            final List<ConfiguredTransport> all = registry.transports().keySet().stream()
                    .map(registry::resolve)
                    // What does not cross processes is the floor that every other number stands on, so it is never the
                    // one left out.
                    .sorted(Comparator.comparing(TransportChoice::competes))
                    .toList();
            all.stream().filter(TransportChoice::isFirst).forEach(choice::addIfAvailable);
            VARIANTS.forEach(spec -> choice.addVariant(registry, spec));
            all.stream()
                    .filter(each -> !isFirst(each) && !isMechanism(each))
                    .sorted(Comparator.comparing(TransportChoice::allocates))
                    .forEach(choice::addIfAvailable);
            all.stream().filter(TransportChoice::isMechanism).forEach(choice::addIfAvailable);
            ofSuites.forEach(spec -> choice.addOfSuite(registry, spec));
        } else {
            for (final String spec : asked) {
                choice.addAsked(registry.resolve(spec));
            }
        }
        if (choice.chosen.isEmpty()) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "no transport can run here: "
                            + (choice.leftOut.isEmpty() ? "none is installed" : reasons(choice.leftOut)));
        }
        return choice;
    }

    private static String reasons(final Map<String, String> leftOut) {
        return leftOut.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; "));
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

    private static boolean isFirst(final ConfiguredTransport transport) {
        return !competes(transport) || FIRST.contains(transport.spec().text());
    }

    private static boolean allocates(final ConfiguredTransport transport) {
        return transport.guarantees().has(Guarantee.ALLOCATES);
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

    /**
     * Whether a suite without transports of its own measures this one by default.
     *
     * @param spec a spec string.
     * @return true for each transport as it is, and for some variants.
     */
    static boolean isUsual(final String spec) {
        return VARIANTS.contains(spec) || spec.matches("[a-z0-9-]+");
    }

    private void addOfSuite(final Transports registry, final String spec) {
        if (chosen.stream().noneMatch(transport -> transport.spec().text().equals(spec))) {
            addVariant(registry, spec);
        }
    }

    private void addVariant(final Transports registry, final String spec) {
        final SpecPart part = TransportSpec.parse(spec).transport();
        if (registry.transports().containsKey(part.name())) {
            try {
                addIfAvailable(registry.resolve(spec));
            } catch (final TransportException e) {
                leftOut.put(spec, String.valueOf(e.getMessage()));
            }
        }
    }
}
