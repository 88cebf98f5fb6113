package io.fizeau.bench.underlay;

import io.fizeau.core.transport.Transport;
import io.fizeau.transports.datagram.node.DatagramTransport;

/** What lies under a transport. */
public enum Underlay {
    /** The kernel's TCP. */
    TCP,
    /** Aeron's media driver. */
    AERON,
    /** The datagram layer of this project. */
    DATAGRAMS,
    /** Something that nobody here can ask. */
    OTHER;

    /** The value of {@code congestion} and {@code rtoMin} that pins nothing: as the host has it, and for what is not TCP. */
    public static final String HOST = "host";

    /**
     * What lies under a transport: its class says that of our own, its name, without options, that of others; names of the kernel's
     * TCP start with {@code tcp}.
     *
     * @param transport the transport.
     * @return the kind.
     */
    public static Underlay of(final Transport transport) {
        if (transport instanceof DatagramTransport) {
            return DATAGRAMS;
        }
        if (transport.name().startsWith("tcp")) {
            return TCP;
        }
        return transport.name().startsWith("aeron") ? AERON : OTHER;
    }
}
