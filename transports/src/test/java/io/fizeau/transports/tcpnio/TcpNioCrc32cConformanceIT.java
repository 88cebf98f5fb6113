package io.fizeau.transports.tcpnio;

import io.fizeau.core.tck.TransportConformance;

final class TcpNioCrc32cConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-nio+crc32c";
    }
}
