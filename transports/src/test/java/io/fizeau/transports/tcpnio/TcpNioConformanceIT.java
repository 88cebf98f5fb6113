package io.fizeau.transports.tcpnio;

import io.fizeau.core.tck.TransportConformance;

final class TcpNioConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-nio";
    }
}
