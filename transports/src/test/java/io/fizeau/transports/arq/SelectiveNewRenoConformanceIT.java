package io.fizeau.transports.arq;

import io.fizeau.core.tck.TransportConformance;

final class SelectiveNewRenoConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "arq-selective?cc=newreno&window=32";
    }
}
