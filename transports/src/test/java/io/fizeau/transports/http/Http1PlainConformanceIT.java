package io.fizeau.transports.http;

import io.fizeau.core.tck.TransportConformance;

class Http1PlainConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "http1?client=plain";
    }
}
