package io.fizeau.transports.uds;

import io.fizeau.core.tck.TransportConformance;

final class UdsBlockingConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "uds?wait=block";
    }
}
