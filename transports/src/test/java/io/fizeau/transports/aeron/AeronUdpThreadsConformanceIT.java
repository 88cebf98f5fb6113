package io.fizeau.transports.aeron;

import io.fizeau.core.tck.TransportConformance;

final class AeronUdpThreadsConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "aeron-udp?threading=shared&connectTimeout=6s";
    }

    @Override
    public int maxGarbagePerMessageBytes() {
        return EmbeddedGarbage.MAX_PER_MESSAGE_BYTES;
    }
}
