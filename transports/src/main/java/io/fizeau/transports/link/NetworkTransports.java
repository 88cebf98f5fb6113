package io.fizeau.transports.link;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.registry.Transports;
import java.util.Optional;

/** Which transports send packets at all. Stateless. */
public final class NetworkTransports {
    private NetworkTransports() {}

    /**
     * Whether a link has anything to impair of what a transport sends.
     *
     * @param link the name of the link's kind.
     * @param transport the spec of the transport.
     * @return why not; empty if it listens at a host and port.
     */
    public static Optional<String> refusal(final String link, final String transport) {
        return Transports.installed().resolve(transport).loopbackAddress() instanceof HostPort
                ? Optional.empty()
                : Optional.of(
                        "transport=" + transport + " sends no packets, so link=" + link + " has nothing to impair");
    }
}
