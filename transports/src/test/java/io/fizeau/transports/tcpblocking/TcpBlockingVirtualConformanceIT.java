package io.fizeau.transports.tcpblocking;

import io.fizeau.core.tck.TransportConformance;

/** Skipped where the JDK has no virtual threads. */
final class TcpBlockingVirtualConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-blocking?threads=virtual";
    }
}
