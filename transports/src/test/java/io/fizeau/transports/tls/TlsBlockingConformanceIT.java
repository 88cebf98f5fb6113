package io.fizeau.transports.tls;

import io.fizeau.core.tck.TransportConformance;
import io.fizeau.transports.keys.TestKeys;

final class TlsBlockingConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tls-blocking?keys=" + TestKeys.folder();
    }
}
