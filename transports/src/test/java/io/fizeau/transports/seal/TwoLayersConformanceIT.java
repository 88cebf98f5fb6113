package io.fizeau.transports.seal;

import io.fizeau.core.tck.TransportConformance;
import io.fizeau.transports.keys.TestKeys;

/** Two layers in the order written, on a transport whose connections are polled one by one and wait in it. */
final class TwoLayersConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-blocking+aes-gcm?keys=" + TestKeys.folder() + "+crc32c";
    }
}
