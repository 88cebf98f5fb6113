package io.fizeau.transports.seal;

import io.fizeau.core.tck.TransportConformance;
import io.fizeau.transports.keys.TestKeys;

/** Sealed messages on a transport that may lose, repeat and reorder them. */
final class ChaCha20UdpConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "udp+chacha20?keys=" + TestKeys.folder();
    }
}
