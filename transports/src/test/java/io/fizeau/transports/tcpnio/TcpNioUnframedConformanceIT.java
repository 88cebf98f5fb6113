package io.fizeau.transports.tcpnio;

import io.fizeau.core.tck.TransportConformance;

final class TcpNioUnframedConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-nio?framing=none";
    }
}
