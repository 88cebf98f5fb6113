package io.fizeau.core.load;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A responder on a thread of its own, and a node for the loop under test, over rings in memory. */
final class LoadRig implements AutoCloseable {
    static final int MESSAGE_BYTES = 256;

    private static final int RUN = 7;
    private static final long PATIENT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long IMPATIENT_NS = TimeUnit.SECONDS.toNanos(2);

    private final ConfiguredTransport transport;
    private final Node server;
    private final Node client;
    private final Address address;
    private long timeoutNs = PATIENT_NS;

    LoadRig(final Fault fault, final ConnectionHandler handler) {
        final Transports transports = Transports.of(List.of(new MemoryTransport(fault)), List.of());
        this.transport = transports.resolve("memory");
        this.server =
                transports.resolve("memory?driving=own&idle=yield").open(NodeContext.named("server", error -> {}));
        this.client = transport.open(NodeContext.named("client", error -> {}));
        this.address = server.listen(transport.loopbackAddress(), handler).address();
    }

    static LoadRig withResponder(final Fault fault) {
        return new LoadRig(fault, new Responder(true));
    }

    /** For tests in which nothing comes. What is to come, even so, has two seconds. */
    LoadRig impatient() {
        timeoutNs = IMPATIENT_NS;
        return this;
    }

    ClosedLoop closedLoop() {
        return ClosedLoop.connect(client, address, settings(UnaryOperator.identity()), RUN, PeerWatch.NONE);
    }

    CreditedStream stream(final UnaryOperator<Guarantees> promised) {
        return CreditedStream.connect(client, address, settings(promised), RUN, PeerWatch.NONE);
    }

    OpenLoop openLoop(final OpenLoopSettings open) {
        return openLoop(open, PeerWatch.NONE);
    }

    OpenLoop openLoop(final OpenLoopSettings open, final PeerWatch watch) {
        return OpenLoop.connect(client, address, settings(UnaryOperator.identity()), open, RUN, watch, Thread::new);
    }

    void closeServer() {
        server.close();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private LoadSettings settings(final UnaryOperator<Guarantees> promised) {
        return new LoadSettings(MESSAGE_BYTES, promised.apply(transport.guarantees()), Idle.YIELD, timeoutNs);
    }
}
