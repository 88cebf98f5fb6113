package io.fizeau.transports.http;

import io.fizeau.core.tck.TransportConformance;

class Http2ConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "http2";
    }
}
