package io.fizeau.transports.aeron.node;

import io.aeron.Counter;
import io.aeron.Subscription;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.aeron.channel.Medium;
import io.fizeau.transports.aeron.channel.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * One process's end of Aeron, driven by whoever polls it.
 *
 * <p>A poll runs the embedded driver, if that has no threads, and looks into each image; about every millisecond, or as long as
 * something is being set up, it also runs Aeron's client, introduces streams and looks for connections that have ended.
 */
public final class AeronNode implements Node {
    private static final AeronConnection[] NONE = {};
    private static final long LOST_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINGER_NS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final int QUIET_CYCLES = 3;

    private final Medium medium;
    private final NodeConfig config;
    private final NodeContext context;
    private final Gate gate = new Gate();
    private final Cadence cadence = new Cadence();
    private final DriverLinks links;
    private final Handshakes handshakes;
    private final Departures departures = new Departures();
    private final List<AeronListener> listeners = new ArrayList<>();
    private final Object closing = new Object();

    private AeronConnection[] connections = NONE; // the polling thread
    private int nextConnection; // the polling thread
    private volatile boolean needsCare; // set by whoever ends something, cleared by the polling thread
    private boolean isClosed; // under closing

    private AeronNode(final Medium medium, final NodeConfig config, final NodeContext context) {
        this.medium = medium;
        this.config = config;
        this.context = context;
        this.links = new DriverLinks(medium, config, context);
        this.handshakes = new Handshakes(this, medium, config, departures);
    }

    /**
     * Opens a node.
     *
     * @param medium UDP or shared memory.
     * @param config its settings.
     * @param context makes threads and takes errors.
     * @return the node, which the caller closes.
     * @throws TransportException if the driver cannot be started or reached.
     */
    public static AeronNode open(final Medium medium, final NodeConfig config, final NodeContext context) {
        final AeronNode node = new AeronNode(medium, config, context);
        node.links.openFirst();
        return node;
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        final Target target = medium.target(address);
        enter();
        try {
            return listen(target, handler);
        } finally {
            gate.leave();
        }
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        final Target target = medium.target(address);
        enter();
        try {
            final DriverLink link = links.forConnecting(target);
            final AeronConnection connection = new AeronConnection(this, link, handler, address, false);
            add(connection);
            try {
                handshakes.start(connection, target);
            } catch (final RuntimeException e) {
                remove(connection);
                throw link == null ? e : link.explain("cannot connect to " + address.text(), e);
            }
            return connection;
        } finally {
            gate.leave();
        }
    }

    @Override
    public int poll(final int limit) {
        if (!gate.enter()) {
            return 0;
        }
        try {
            final AgentInvoker driver = links.driverInvoker();
            int work = driver == null ? 0 : driver.invoke();
            work += deliver(limit);
            if (needsCare || cadence.isDue() || !handshakes.isEmpty()) {
                work += care();
            }
            return work;
        } finally {
            gate.leave();
        }
    }

    @Override
    public void close() {
        synchronized (closing) {
            if (isClosed) {
                return;
            }
            gate.close();
            isClosed = true;
            final AeronConnection[] left = connections;
            for (final AeronConnection connection : left) {
                connection.end(CloseReason.LOCAL);
                departures.add(connection);
            }
            for (final AeronConnection connection : left) {
                connection.report();
            }
            handshakes.clear();
            departures.finish();
            connections = NONE;
            linger(left.length > 0);
            listeners.forEach(AeronListener::release);
            links.close();
        }
    }

    /** One poll of one connection, for a connection that the caller drives. */
    int pollOnly(final AeronConnection connection, final int limit) {
        if (config.driving() == Driving.OWN || !gate.enter()) {
            return 0;
        }
        try {
            final AgentInvoker driver = links.driverInvoker();
            if (driver != null) {
                driver.invoke();
            }
            final int messages = connection.deliver(limit);
            // Aeron counts on its client being looked after, also when the caller forgets to poll the node for a while.
            if (needsCare || (messages == 0 && cadence.isDue())) {
                care();
            }
            return messages;
        } finally {
            gate.leave();
        }
    }

    NodeConfig config() {
        return config;
    }

    Driving driving() {
        return config.driving();
    }

    ErrorHandler errors() {
        return context.errors();
    }

    /** Any thread: something has ended. Whoever polls next cares for it, for nobody else may touch what it has to. */
    void onEnded() {
        needsCare = true;
    }

    /** The polling thread: another connection, which is delivered to once it is open. */
    void add(final AeronConnection connection) {
        final AeronConnection[] more = Arrays.copyOf(connections, connections.length + 1);
        more[connections.length] = connection;
        connections = more;
    }

    private void remove(final AeronConnection connection) {
        final List<AeronConnection> fewer = new ArrayList<>(List.of(connections));
        fewer.remove(connection);
        connections = fewer.toArray(NONE);
    }

    private void enter() {
        if (!gate.enter()) {
            throw TransportException.badRequest("node " + context.name() + " is closed: open a new one");
        }
        gate.own();
    }

    private int deliver(final int limit) {
        final AeronConnection[] all = connections;
        int left = limit;
        // Each poll starts with another connection, so that one that always has messages does not starve the rest.
        int index = nextConnection < all.length ? nextConnection : 0;
        nextConnection = index + 1;
        for (int i = 0; i < all.length && left > 0; i++) {
            left -= all[index].deliver(left);
            index = index + 1 < all.length ? index + 1 : 0;
        }
        return limit - left;
    }

    private int care() {
        gate.own();
        needsCare = false;
        final long nowNs = System.nanoTime();
        int work = links.service();
        work += handshakes.advance(nowNs);
        for (final AeronConnection connection : connections) {
            connection.check(nowNs, LOST_GRACE_NS);
        }
        for (final AeronConnection connection : connections) {
            if (connection.state() == ConnectionState.CLOSED) {
                remove(connection);
                departures.add(connection);
                connection.report();
                work++;
            }
        }
        departures.advance(nowNs, config.driver().silenceNs());
        if (listeners.removeIf(listener -> listener.isClosed() && listener.release())) {
            work++;
        }
        links.dropClosed();
        return work;
    }

    private Listener listen(final Target target, final ConnectionHandler handler) {
        final DriverLink link = links.forListening(target);
        final int streamId = target.streamId() != 0 || !target.endpoint().isEmpty()
                ? target.streamId()
                : (int) link.aeron().nextCorrelationId() & Integer.MAX_VALUE;
        final String channel = medium.channel(target);
        @Nullable Subscription subscription = null;
        final @Nullable AeronListener[] listener = new AeronListener[1];
        try {
            subscription = link.subscribe(
                    channel, streamId, image -> handshakes.onImage(image, () -> listener[0]), () -> needsCare = true);
            final String endpoint = target.endpoint().isEmpty() ? "" : Endpoints.awaitBound(link, subscription);
            final Address bound = medium.listenerAddress(target, endpoint, link.directory(), streamId);
            final Counter claim =
                    Endpoints.claim(link.aeron(), medium.channel(medium.target(bound)), streamId, target.address());
            final AeronListener made = new AeronListener(this, link, bound, handler, subscription, claim);
            listener[0] = made;
            listeners.add(made);
            return made;
        } catch (final RuntimeException e) {
            if (subscription != null) {
                subscription.close();
            }
            throw link.explain("cannot listen at " + target.address().text(), e);
        }
    }

    /** Lets the driver send what was accepted last, goodbyes among it. */
    private void linger(final boolean hasSaidGoodbye) {
        final long startNs = System.nanoTime();
        int quiet = 0;
        while (hasSaidGoodbye && quiet < QUIET_CYCLES && System.nanoTime() - startNs < LINGER_NS) {
            quiet = links.cycle() == 0 ? quiet + 1 : 0;
        }
    }
}
