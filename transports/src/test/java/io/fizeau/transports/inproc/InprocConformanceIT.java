package io.fizeau.transports.inproc;

import io.fizeau.core.tck.TransportConformance;

final class InprocConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "inproc";
    }
}
