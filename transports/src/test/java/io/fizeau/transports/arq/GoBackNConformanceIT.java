package io.fizeau.transports.arq;

import io.fizeau.core.tck.TransportConformance;

final class GoBackNConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "arq-go-back-n";
    }
}
