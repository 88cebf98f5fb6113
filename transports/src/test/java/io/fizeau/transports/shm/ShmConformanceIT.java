package io.fizeau.transports.shm;

import io.fizeau.core.tck.TransportConformance;

final class ShmConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "shm";
    }
}
