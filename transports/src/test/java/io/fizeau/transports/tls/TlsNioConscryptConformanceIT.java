package io.fizeau.transports.tls;

import io.fizeau.core.tck.TransportConformance;
import io.fizeau.transports.keys.TestKeys;

/** Another implementation of the engine, and clients that prove who they are. */
final class TlsNioConscryptConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "tls-nio?provider=conscrypt&clientAuth=true&keys=" + TestKeys.folder();
    }
}
