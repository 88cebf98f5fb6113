package io.fizeau.transports.crc32c;

import io.fizeau.core.tck.TransportConformance;

/** With the layer around it a transport keeps its promises. */
final class Crc32cConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "inproc+crc32c";
    }
}
