package io.fizeau.core.layer;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.TransportConformance;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import java.util.List;

/** A layer whose transform has state keeps what the transport below promises, decoding in place and not. */
final class NumberedLayerConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "memory+numbered+numbered?copies=true";
    }

    @Override
    protected Transports transports() {
        return Transports.of(List.of(new MemoryTransport(Fault.NONE)), List.of(new NumberedLayer()));
    }
}
