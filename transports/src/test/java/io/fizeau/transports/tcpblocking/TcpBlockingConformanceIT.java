package io.fizeau.transports.tcpblocking;

import io.fizeau.core.tck.TransportConformance;

final class TcpBlockingConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-blocking";
    }
}
