package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** What one test opens, and closes at its end: nodes, servers, threads. Used by the test's thread. */
public final class Rig implements AutoCloseable {
    private final Transports registry;
    private final TransportSpec spec;
    private final Supplier<Peer> peer;
    private final long limitNs;
    private final Faults faults = new Faults();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> nodeThreads = new CopyOnWriteArrayList<>();
    private final List<Thread> ownThreads = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /**
     * Creates an empty rig.
     *
     * @param registry where the transport is found.
     * @param spec the transport.
     * @param peer the other JVM, started when it is needed.
     * @param limitNs how long a test waits for what has no time limit of its own.
     */
    public Rig(final Transports registry, final TransportSpec spec, final Supplier<Peer> peer, final long limitNs) {
        this.limitNs = limitNs;
        this.registry = registry;
        this.spec = spec;
        this.peer = peer;
    }

    /**
     * The transport, set up for one way of driving.
     *
     * @param driving whose threads.
     * @param sends whether messages may be gathered.
     * @return the transport.
     */
    public ConfiguredTransport configured(final Driving driving, final Sends sends) {
        return registry.resolve(
                spec.with(CommonOptions.DRIVING.name(), driving.name().toLowerCase(Locale.ROOT))
                        .with(CommonOptions.SENDS.name(), sends.name().toLowerCase(Locale.ROOT)));
    }

    /**
     * What is promised.
     *
     * @param driving whose threads.
     * @return the guarantees of a node that sends each message at once.
     */
    public Guarantees guarantees(final Driving driving) {
        return guarantees(driving, Sends.EACH);
    }

    /** Where the kit keeps the boundaries itself, that takes some bytes of each message. */
    private Guarantees guarantees(final Driving driving, final Sends sends) {
        final Guarantees promised = configured(driving, sends).guarantees();
        return promised.has(Guarantee.KEEPS_BOUNDARIES)
                ? promised
                : promised.withMaxMessageBytes(promised.maxMessageBytes() - StreamConnection.LENGTH_BYTES);
    }

    /**
     * Opens a node, closed with this rig if not before. If its transport does not keep the boundaries of messages, the node keeps
     * them over it.
     *
     * @param name its name.
     * @param driving whose threads.
     * @param sends whether messages may be gathered.
     * @return the node.
     */
    public Node open(final String name, final Driving driving, final Sends sends) {
        final AtomicInteger count = new AtomicInteger();
        final ThreadFactory threads = task -> {
            final Thread thread = new Thread(task, "tck-" + name + '-' + count.getAndIncrement());
            thread.setDaemon(true);
            nodeThreads.add(thread);
            return thread;
        };
        final ConfiguredTransport transport = configured(driving, sends);
        final Node bare = transport.open(new NodeContext(name, threads, errors::add));
        final Node node = transport.guarantees().has(Guarantee.KEEPS_BOUNDARIES) ? bare : new StreamNode(bare);
        opened.push(node);
        return node;
    }

    /**
     * A free address.
     *
     * @param driving whose threads drive the node that will listen there.
     * @return where a node can listen.
     */
    public Address freeAddress(final Driving driving) {
        return configured(driving, Sends.EACH).loopbackAddress();
    }

    /**
     * Starts a server, here or in the other JVM.
     *
     * @param way how it is driven, and where.
     * @return the server.
     */
    public Server serve(final Way way) {
        if (!way.isOtherJvm()) {
            return serveHere(way.listening(), Sends.EACH, false, freeAddress(way.listening()));
        }
        Assumptions.assumeTrue(
                guarantees(way.listening()).has(Guarantee.CROSSES_PROCESSES),
                "does not promise " + Guarantee.CROSSES_PROCESSES.label());
        final Server server = peer.get().serve(way.listening());
        opened.push(server);
        return server;
    }

    /**
     * Starts a server in this JVM.
     *
     * @param driving whose threads drive it.
     * @param sends whether its answers may be gathered.
     * @param greets whether each accepted end sends a short message from inside onOpen.
     * @param address where it listens.
     * @return the server.
     */
    public LocalServer serveHere(
            final Driving driving, final Sends sends, final boolean greets, final Address address) {
        final Node node = open("server", driving, sends);
        final LocalServer server = new LocalServer(
                node, address, guarantees(driving, sends), faults, this::newThread, errors::add, greets);
        opened.push(server);
        return server;
    }

    /**
     * Opens a client. A test of an end that can be sent on from inside its callbacks only is skipped.
     *
     * @param driving whose threads drive it.
     * @param sends whether its messages may be gathered.
     * @return the client.
     */
    public Client client(final Driving driving, final Sends sends) {
        final Guarantees guarantees = guarantees(driving, sends);
        Assumptions.assumeTrue(
                driving == Driving.CALLER || guarantees.has(Guarantee.CONCURRENT_SEND),
                "with driving=own and without concurrent-send only callbacks may send");
        return new Client(open("client", driving, sends), driving, guarantees, faults, limitNs);
    }

    /**
     * Opens a client that sends each message at once.
     *
     * @param way how it is driven.
     * @return the client.
     */
    public Client client(final Way way) {
        return client(way.connecting(), Sends.EACH);
    }

    /**
     * Waits for something that other threads bring about.
     *
     * @param what what is waited for, for the message.
     * @param condition true when it has come.
     */
    public void until(final String what, final BooleanSupplier condition) {
        Wait.until(what, limitNs, condition, () -> 0, () -> "");
    }

    /**
     * How long a test waits for what has no time limit of its own.
     *
     * @return nanoseconds.
     */
    public long limitNs() {
        return limitNs;
    }

    /**
     * A thread for a test, joined when the rig closes.
     *
     * @param task what it does.
     * @return a daemon, not started.
     */
    public Thread newThread(final Runnable task) {
        final Thread thread = new Thread(task, "tck-driver-" + ownThreads.size());
        thread.setDaemon(true);
        ownThreads.add(thread);
        return thread;
    }

    /**
     * The other JVM.
     *
     * @return the peer, started if need be.
     */
    public Peer peer() {
        return peer.get();
    }

    /**
     * Where broken promises go.
     *
     * @return the faults of this test.
     */
    public Faults faults() {
        return faults;
    }

    /**
     * What the nodes' error handler was told.
     *
     * @return a live list.
     */
    public List<Throwable> errors() {
        return errors;
    }

    /**
     * The threads that nodes took from their context.
     *
     * @return a live list.
     */
    public List<Thread> nodeThreads() {
        return nodeThreads;
    }

    /**
     * The threads that drive nodes for this test.
     *
     * @return a live list.
     */
    public List<Thread> ownThreads() {
        return ownThreads;
    }

    /** Closes what the test opened, the last first, and joins its threads. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (final Exception e) {
                faults.report("close of what the test had opened threw " + e);
            }
        }
        for (final Thread thread : ownThreads) {
            thread.interrupt();
        }
    }
}
