package io.fizeau.core.load;

import io.fizeau.core.address.Address;
import io.fizeau.core.load.many.ClientEnd;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
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
public final class LoadRig implements AutoCloseable {
    /** Of every message. */
    public static final int MESSAGE_BYTES = 256;

    private static final int RUN = 7;
    private static final long PATIENT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long IMPATIENT_NS = TimeUnit.SECONDS.toNanos(2);

    private final ConfiguredTransport transport;
    private final Node server;
    private final Node client;
    private final Node own;
    private final Address address;
    private long timeoutNs = PATIENT_NS;

    public LoadRig(final Fault fault, final ConnectionHandler handler) {
        final Transports transports = Transports.of(List.of(new MemoryTransport(fault)), List.of());
        this.transport = transports.resolve("memory");
        this.server =
                transports.resolve("memory?driving=own&idle=yield").open(NodeContext.named("server", error -> {}));
        this.client = transport.open(NodeContext.named("client", error -> {}));
        this.own = transports.resolve("memory?driving=own&idle=yield").open(NodeContext.named("own", error -> {}));
        this.address = server.listen(transport.loopbackAddress(), handler).address();
    }

    public static LoadRig withResponder(final Fault fault) {
        return new LoadRig(fault, new Responder(true));
    }

    /** For tests in which nothing comes. What is to come, even so, has two seconds. */
    public LoadRig impatient() {
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

    /** For loads with many connections; driven by the caller, or by threads of the transport's own. */
    public ClientEnd end(final Driving driving) {
        final Node node = driving == Driving.CALLER ? client : own;
        return new ClientEnd(node, address, driving, settings(UnaryOperator.identity()), RUN, PeerWatch.NONE);
    }

    /** One more node that the caller drives, which the caller closes. */
    public Node openNode() {
        return transport.open(NodeContext.named("more", error -> {}));
    }

    public void closeServer() {
        server.close();
    }

    @Override
    public void close() {
        client.close();
        own.close();
        server.close();
    }

    private LoadSettings settings(final UnaryOperator<Guarantees> promised) {
        return new LoadSettings(MESSAGE_BYTES, promised.apply(transport.guarantees()), Idle.YIELD, timeoutNs);
    }
}
