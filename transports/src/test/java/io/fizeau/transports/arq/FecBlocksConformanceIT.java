package io.fizeau.transports.arq;

import io.fizeau.core.tck.TransportConformance;

final class FecBlocksConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "arq-fec?k=4&m=2&blockDelay=0ns";
    }
}
