package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.Availability;
import java.util.Map;
import java.util.Optional;

/** What a transport with security, or with layers, is compared with: itself without. Stateless. */
final class Comparand {
    private Comparand() {}

    /**
     * The transport to measure beside another one.
     *
     * @param registry the transports there are.
     * @param transport with something to take off.
     * @param leftOut gets the reason if there is none.
     * @return it without, if it can run here.
     */
    static Optional<ConfiguredTransport> of(
            final Transports registry, final ConfiguredTransport transport, final Map<String, String> leftOut) {
        final String spec = transport.spec().text();
        try {
            final Optional<ConfiguredTransport> bare = registry.bare(transport);
            if (bare.isEmpty()) {
                leftOut.put(spec, "in security each is compared with itself without: there is nothing to take off");
                return bare;
            }
            final Availability availability = bare.get().availability();
            if (availability.isAvailable()) {
                return bare;
            }
            leftOut.put(
                    spec, "what it is compared with, " + bare.get() + ", cannot run here: " + availability.reason());
        } catch (final TransportException e) {
            leftOut.put(spec, "what it is compared with is not there: " + e.getMessage());
        }
        return Optional.empty();
    }
}
