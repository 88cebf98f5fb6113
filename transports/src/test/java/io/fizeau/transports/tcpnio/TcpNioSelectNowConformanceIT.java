package io.fizeau.transports.tcpnio;

import io.fizeau.core.tck.TransportConformance;

final class TcpNioSelectNowConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-nio?wait=select-now";
    }
}
