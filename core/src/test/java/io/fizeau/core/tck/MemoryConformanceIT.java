package io.fizeau.core.tck;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import java.util.List;

/** The transport without a fault passes: what the kit finds in the others is their fault. */
final class MemoryConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "memory?port=true";
    }

    @Override
    protected Transports transports() {
        return Transports.of(List.of(new MemoryTransport(Fault.NONE)), List.of());
    }
}
