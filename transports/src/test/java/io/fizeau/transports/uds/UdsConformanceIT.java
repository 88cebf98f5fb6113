package io.fizeau.transports.uds;

import io.fizeau.core.tck.TransportConformance;

final class UdsConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "uds";
    }
}
