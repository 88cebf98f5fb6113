package io.fizeau.core.load.many;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/** What may be behind it when one of many new connections to the same address cannot be made. Stateless. */
final class LocalPorts {
    /** A host may have few ports for it, but hardly fewer. */
    private static final long FEW = 1_000;

    private LocalPorts() {}

    /**
     * What the end of a failure's line says of local ports.
     *
     * @param address where the connections go.
     * @param reason why the last one closed.
     * @param made how many were made before.
     * @return a possible cause, or nothing.
     */
    static String doubt(final Address address, final @Nullable CloseReason reason, final long made) {
        return address instanceof HostPort && reason == CloseReason.UNREACHABLE && made >= FEW
                ? "; after so many, this host may have no local port left for another: a closed connection keeps its port"
                        + " for a minute (sysctl net.ipv4.ip_local_port_range, net.ipv4.tcp_tw_reuse)"
                : "";
    }
}
