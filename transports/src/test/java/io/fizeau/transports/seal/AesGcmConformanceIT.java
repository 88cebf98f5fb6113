package io.fizeau.transports.seal;

import io.fizeau.core.tck.TransportConformance;
import io.fizeau.transports.keys.TestKeys;

/** Sealed messages on a transport that keeps all of them in order. */
final class AesGcmConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tcp-nio+aes-gcm?keys=" + TestKeys.folder();
    }
}
