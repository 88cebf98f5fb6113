package io.fizeau.transports.arq;

import io.fizeau.core.tck.TransportConformance;

final class SelectiveConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "arq-selective";
    }
}
