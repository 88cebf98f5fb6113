package io.fizeau.transports.arq;

import io.fizeau.core.tck.TransportConformance;

final class NakConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "arq-nak";
    }
}
