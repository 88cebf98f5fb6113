package io.fizeau.core.tck;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import java.util.List;

/** The same where send and poll wait: the kit itself must not wait in a poll for what is not due. */
final class WaitingMemoryConformanceIT extends TransportConformance {
    @Override
    protected String spec() {
        return "memory?waits=true";
    }

    @Override
    protected Transports transports() {
        return Transports.of(List.of(new MemoryTransport(Fault.NONE)), List.of());
    }
}
