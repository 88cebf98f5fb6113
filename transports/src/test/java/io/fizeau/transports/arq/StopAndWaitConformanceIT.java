package io.fizeau.transports.arq;

import io.fizeau.core.tck.TransportConformance;

final class StopAndWaitConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "arq-stop-and-wait";
    }
}
