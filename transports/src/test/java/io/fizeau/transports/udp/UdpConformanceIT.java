package io.fizeau.transports.udp;

import io.fizeau.core.tck.TransportConformance;

final class UdpConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "udp";
    }
}
