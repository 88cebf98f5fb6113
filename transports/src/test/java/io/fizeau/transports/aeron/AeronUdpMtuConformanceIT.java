package io.fizeau.transports.aeron;

import io.fizeau.core.tck.TransportConformance;

final class AeronUdpMtuConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "aeron-udp?mtu=8192&driving=caller&connectTimeout=6s";
    }

    @Override
    public int maxGarbagePerMessageBytes() {
        return EmbeddedGarbage.MAX_PER_MESSAGE_BYTES;
    }
}
