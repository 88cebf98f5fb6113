package io.fizeau.bench.cli;

import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the manifest says of each transport. */
final class TransportEntries {
    private TransportEntries() {}

    static List<Manifest.TransportEntry> of(
            final List<ConfiguredTransport> transports, final Function<ConfiguredTransport, Manifest.Kit> verdicts) {
        final List<Manifest.TransportEntry> entries = new ArrayList<>();
        for (final ConfiguredTransport transport : transports) {
            entries.add(of(transport, verdicts.apply(transport)));
        }
        return entries;
    }

    private static Manifest.TransportEntry of(final ConfiguredTransport transport, final Manifest.Kit kit) {
        final Guarantees guarantees = transport.guarantees();
        final Availability availability = transport.availability();
        return new Manifest.TransportEntry(
                transport.spec().text(),
                transport.spec().transport().name(),
                guarantees.all().stream().map(Guarantee::label).toList(),
                guarantees.maxMessageBytes(),
                guarantees.has(Guarantee.BLOCKING_DELIVERY) ? "blocking" : "spinning",
                guarantees.has(Guarantee.CROSSES_PROCESSES),
                transport.transport().sendsDatagrams(),
                availability.isAvailable(),
                availability.reason(),
                kit);
    }
}
